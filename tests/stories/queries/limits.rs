//! What the language allows, both engines take.

use super::engines::rows::Size;
use super::engines::{Answer, Engines};
use query_lang::{Code, Parameters, Target, compile};

const SIZE: Size = Size { bookings: 10, signals: 0, others: 4, extremes: false };

#[test]
fn long_chains_and_deep_queries_are_answered_or_refused_in_one_sentence_by_all() {
    let mut engines = Engines::new();
    engines.fill(1, SIZE);
    let chain = |part: &str, count: usize, operator: &str| vec![part; count].join(operator);
    let nested = |depth: usize| {
        let open: String =
            (0..depth).map(|at| format!("Exists(From X{at} In Task Where X{at}.Project = P And ")).collect();
        format!("{open}True{}", ")".repeat(depth))
    };
    let any = (0..7).fold("True".to_owned(), |inner, at| format!("P.Tasks.Any(t{at} => {inner})"));
    let texts = [
        format!("From R In Range(1, 3) Where {} Select R", chain("R.Value < 3", 1_500, " And ")),
        format!("From R In Range(1, 3) Where {} Select R", chain("R.Value > 2", 1_500, " Or ")),
        format!("From R In Range(1, 3) Select {} ?? R.Value", chain("If(R.Value > 9, 1)", 1_000, " ?? ")),
        format!("From R In Range(1, 3) Select Len({})", chain("Text(R.Value)", 900, " + \"-\" + ")),
        format!("From R In Range(1, 3) Select {}", chain("R.Value", 200, " + ")),
        format!("From P In Project Where {} Select P.Code", nested(16)),
        format!("From P In Project Where {} Select P.Code", nested(40)),
        format!("From P In Project Where {any} Select P.Code"),
        format!(
            "From P In Project Where {} Select P.Code",
            (0..16).fold("True".to_owned(), |inner, at| {
                format!("P In (From X{at} In Project Where {inner} Select X{at})")
                    .replace("P In", if at == 15 { "P In" } else { "True Or P In" })
            })
        ),
    ];
    for text in texts {
        let shown = &text[..200.min(text.len())];
        let compiled = compile(&text, &engines.catalogue, &Target::Sqlite);
        match (compiled, engines.ask(&text, 1, &Parameters::new())) {
            (_, Answer::Same(_)) => {}
            (Err(wrong), _) => assert_eq!(wrong[0].code, Code::Limit, "{shown}: {wrong:?}"),
            (Ok(_), other) => panic!("{shown}: {other:?}"),
        }
    }
}
