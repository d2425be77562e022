//! What the parser costs, counted in calls of grammar rules and not by a clock. The limit of calls belongs to the whole
//! process, so a process of its own counts.

use crate::sqlite;
use query_lang::editor;
use std::num::NonZeroUsize;
use std::process::Command;

const ALONE: &str = "COUNTED_ALONE";
const NAME: &str = "linear::the_parser_is_linear_in_depth_and_in_length";
/// What the limit of the product allows.
const CALLS_PER_BYTE_MAX: usize = 200;
const CALLS_MAX: usize = 1 << 22;

type Nested = (&'static str, fn(usize) -> String);

fn select(expression: &str) -> String {
    format!("From C In Customer Select {{ X = {expression} }}")
}

/// Texts of a size: brackets, calls, lambdas, sub-queries, lists, and mixtures that a grammar could try in several ways.
const DEEP: [Nested; 8] = [
    ("brackets", |depth| select(&format!("{}1{}", "(".repeat(depth), ")".repeat(depth)))),
    ("calls", |depth| select(&format!("{}1{}", "Abs(".repeat(depth), ")".repeat(depth)))),
    ("conditions", |depth| select(&format!("{}1{}", "If(True, ".repeat(depth), ", 2)".repeat(depth)))),
    ("comparisons", |depth| select(&format!("{}1 = 1{}", "(".repeat(depth), ") = True".repeat(depth)))),
    ("lists", |depth| select(&format!("{}1{}", "1 In (2, ".repeat(depth), ")".repeat(depth)))),
    ("lambdas", |depth| {
        select(&format!("{}1{}", "C.Projects.Where(p => p.Closed = ".repeat(depth), ")".repeat(depth)))
    }),
    ("sub-queries", |depth| {
        (0..depth).fold("Customer".to_owned(), |inner, _| format!("(From C In {inner} Select {{ C.Name }})"))
    }),
    ("windows", |depth| {
        select(&format!("{}1{}", "Sum(1 + (".repeat(depth / 2), ")) Over (Order By C.Id)".repeat(depth / 2)))
    }),
];

const LONG: [Nested; 5] = [
    ("sums", |count| select(&format!("1{}", " + 1".repeat(count)))),
    ("conditions", |count| format!("From C In Customer Where True{} Select C.Name", " And C.Closed".repeat(count))),
    ("clauses", |count| format!("From C In Customer{} Select C.Name", " Where C.Closed".repeat(count))),
    ("fields", |count| select(&(0..count).map(|at| format!("1, F{at} = C.Name")).collect::<Vec<_>>().join(", X2 = "))),
    ("texts", |count| select(&format!("\"{}\"", "a\"\"".repeat(count)))),
];

#[test]
fn the_parser_is_linear_in_depth_and_in_length() {
    if std::env::var_os(ALONE).is_none() {
        let this = std::env::current_exe().expect("the tests");
        let counted = Command::new(this).args(["--exact", NAME, "--nocapture"]).env(ALONE, "1").output();
        let counted = counted.expect("a process");
        let said = String::from_utf8_lossy(&counted.stdout) + String::from_utf8_lossy(&counted.stderr);
        assert!(counted.status.success(), "{said}");
        return;
    }
    // The parser sets the limit of the product once, before the first text; what counts comes after it.
    assert!(sqlite(&select("1")).is_ok());
    for (what, text) in DEEP {
        holds(what, [8, 34, 60].map(text));
    }
    for (what, text) in LONG {
        holds(what, [20, 110, 200].map(text));
    }
}

/// The second step costs no more than the first one, which is as long, give or take a tenth.
fn holds(what: &str, texts: [String; 3]) {
    let [small, middle, large] = texts.each_ref().map(|text| calls(text));
    let (first, second) = (middle - small, large - middle);
    assert!(small > texts[0].len(), "{what}: nothing was counted");
    assert!(second * 10 <= first * 11, "{what}: {small}, {middle} and {large} calls");
    assert!(large < CALLS_PER_BYTE_MAX * texts[2].len(), "{what}: {large} calls for {} bytes", texts[2].len());
}

/// The least limit under which the text is read: what reading it takes.
fn calls(text: &str) -> usize {
    let reads = |limit: usize| {
        pest::set_call_limit(NonZeroUsize::new(limit));
        parses(text)
    };
    let (mut least, mut most) = (1, CALLS_MAX);
    assert!(reads(most), "{text}");
    while least < most {
        let middle = least.midpoint(most);
        if reads(middle) { most = middle } else { least = middle + 1 }
    }
    most
}

/// A text that is read may still ask for names that are not there; what the grammar does not know is told as syntax.
fn parses(text: &str) -> bool {
    use query_lang::Code;
    let wrong = editor::diagnose(text, &crate::model::catalogue(), &query_lang::Target::Sqlite);
    wrong.iter().all(|wrong| !matches!(wrong.code, Code::Syntax | Code::Limit))
}
