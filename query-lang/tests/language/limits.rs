use crate::{model, postgres, sqlite};
use query_lang::diagnostic::Code;
use query_lang::{editor, limits};
use std::time::Instant;

fn code(text: &str) -> Code {
    sqlite(text).expect_err("a limit").remove(0).code
}

fn select(expression: &str) -> String {
    format!("From C In Customer Select {{ X = {expression} }}")
}

#[test]
fn a_text_above_64_kib_is_not_read() {
    assert_eq!(code(&select(&"1 + ".repeat(20_000))), Code::Limit);
}

#[test]
fn a_character_that_no_postgres_text_can_hold_is_refused_in_texts_and_parameters() {
    assert_eq!(code(&select("\"a\0b\"")), Code::Syntax);
    let asked = "Parameters @name As Text From C In Customer Where C.Name = @name Select C.Name";
    let parameter = &sqlite(asked).expect("it compiles").parameters[0];
    assert_eq!(parameter.read("a\0b", &jiff::tz::TimeZone::UTC), None);
    assert!(parameter.read("ab", &jiff::tz::TimeZone::UTC).is_some());
}

#[test]
fn brackets_nest_64_deep_and_no_deeper() {
    let nested = |depth: usize| select(&format!("{}1{}", "(".repeat(depth), ")".repeat(depth)));
    assert!(sqlite(&nested(63)).is_ok());
    assert_eq!(code(&nested(64)), Code::Limit);
}

#[test]
fn long_chains_are_compiled_or_refused_but_never_overflow() {
    let chain = |operator: &str, count: usize| vec!["C.Closed"; count].join(&format!(" {operator} "));
    assert!(sqlite(&select(&chain("And", 3_000))).is_ok());
    assert!(sqlite(&select(&chain("Or", 3_000))).is_ok());
    assert_eq!(code(&select(&format!("1{}", " + 1".repeat(6_000)))), Code::Limit);
    assert_eq!(code(&select(&format!("{}C.Closed", "Not ".repeat(6_000)))), Code::Limit);
    assert_eq!(code(&select(&format!("{}1", "- ".repeat(6_000)))), Code::Limit);
}

#[test]
fn what_is_just_allowed_fits_on_an_ordinary_stack() {
    assert!(sqlite(&select(&format!("1{}", " + 1".repeat(240)))).is_ok());
    assert!(sqlite(&select(&format!("{}C.Closed", "Not ".repeat(240)))).is_ok());
    let nested = (0..60).fold("Customer".to_owned(), |inner, _| format!("(From C In {inner} Select {{ C.Name }})"));
    assert!(sqlite(&format!("From C In {nested} Select C.Name")).is_ok());
    let lists = (0..limits::SUBQUERIES_DEEP_MAX)
        .fold("True".to_owned(), |inner, level| format!("Exists(From C{level} In Customer Where {inner})"));
    assert!(sqlite(&select(&lists)).is_ok());
}

#[test]
fn a_query_with_too_many_tables_is_refused() {
    let sources: Vec<String> = (0..60).map(|number| format!("From C{number} In Customer")).collect();
    assert_eq!(code(&format!("{} Select C1.Name", sources.join(" "))), Code::Limit);
}

#[test]
fn a_query_has_500_columns_and_no_more() {
    let columns = |count: usize| (0..count).map(|number| format!("X{number} = C.Code")).collect::<Vec<_>>().join(", ");
    let selecting = |count: usize| format!("From C In Customer Select {{ {} }}", columns(count));
    assert!(sqlite(&selecting(500)).is_ok());
    let wrong = sqlite(&selecting(501)).expect_err("a limit");
    assert_eq!((wrong[0].code, wrong[0].message.as_str()), (Code::Limit, "A query has at most 500 columns."));
}

#[test]
fn a_query_has_1000_constants_and_no_more() {
    let asking = |count: usize| {
        let codes: Vec<String> = (0..count).map(|number| format!("\"{number}\"")).collect();
        format!("From C In Customer Where C.Code In ({}) Select C.Code", codes.join(", "))
    };
    assert!(sqlite(&asking(1_000)).is_ok());
    let wrong = sqlite(&asking(1_001)).expect_err("a limit");
    let message = "The query becomes too large: more than 1000 constants.";
    assert_eq!((wrong[0].code, wrong[0].message.as_str()), (Code::Limit, message));
}

#[test]
fn one_query_joins_40_tables_and_no_more() {
    let joining = |count: usize| {
        let sources: Vec<String> = (0..count).map(|number| format!("From C{number} In Customer")).collect();
        format!("{} Select {{ C0.Code }}", sources.join(" "))
    };
    assert!(sqlite(&joining(40)).is_ok());
    let wrong = sqlite(&joining(41)).expect_err("a limit");
    let message = "One query joins more than 40 tables, relations included.";
    assert_eq!((wrong[0].code, wrong[0].message.as_str()), (Code::Limit, message));
}

#[test]
fn values_that_build_on_each_other_do_not_multiply_the_text() {
    let lets: Vec<String> = (1..40).map(|number| format!("Let A{number} = A{0} * A{0}", number - 1)).collect();
    let text = format!("From C In Customer Let A0 = C.HourlyRate {} Select {{ A39 }}", lets.join(" "));
    match sqlite(&text) {
        Ok(compiled) => assert!(compiled.sql.len() < 100_000),
        Err(wrong) => assert_eq!(wrong[0].code, Code::Limit),
    }
}

/// Counted in parser calls it would be exact; the time of sixteen times the text is close enough to see a power.
#[test]
fn nesting_costs_no_more_than_its_length() {
    let nested = |depth: usize| {
        let text = select(&format!("{}1{}", "If(True, (".repeat(depth / 2), "), 2)".repeat(depth / 2)));
        let start = Instant::now();
        for _ in 0..20 {
            assert!(sqlite(&text).is_ok());
        }
        start.elapsed()
    };
    nested(4);
    let (shallow, deep) = (nested(4), nested(60));
    assert!(deep < shallow * 200, "{shallow:?} for 4, {deep:?} for 60");
}

#[test]
fn a_definition_that_uses_itself_is_refused() {
    let mut catalogue = crate::model::catalogue();
    catalogue.functions.push(query_lang::catalogue::NamedFunction {
        name: "Loop".to_owned(),
        parameters: vec![("x".to_owned(), "Int".to_owned())],
        body: "Loop(x) + Loop(x)".to_owned(),
    });
    let text = "From C In Customer Select { X = Loop(1) }";
    let wrong = query_lang::compile(text, &catalogue, &query_lang::Target::Sqlite).expect_err("endless");
    assert_eq!(wrong[0].code, Code::Limit);
}

/// A worker of a server has 2 MiB, and less of it left.
#[test]
fn what_may_be_nested_is_compiled_on_a_small_stack() {
    let nested = |before: &str, after: &str, depth: usize| {
        let conditions: String = (0..depth).map(|level| before.replace('#', &level.to_string())).collect();
        format!("From P In Project Where {conditions}True{} Aggregate N = Count()", after.repeat(depth))
    };
    let texts = [
        nested("Exists(From X# In P.Tasks Where ", ")", 60),
        nested("P In (From X# In Project Where ", " Select X#)", 60).replace(" Select X#)", " Select P)"),
        nested("(Not ", ")", 63),
        nested("Contains(\"a\", \"a\") And (", ")", 63),
    ];
    let small = std::thread::Builder::new().stack_size(512 * 1024);
    let compiling = small.spawn(move || {
        for text in &texts {
            for found in [sqlite(text), postgres(text)] {
                let refused = found.is_err_and(|wrong| wrong.iter().any(|one| one.code != Code::Limit));
                assert!(!refused, "{text}");
            }
            assert!(editor::format(text, &model::catalogue()).is_ok(), "{text}");
        }
    });
    compiling.expect("a thread").join().expect("no overflow");
}
