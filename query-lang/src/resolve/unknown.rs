use crate::diagnostic::{Code, Diagnostic, Span};

/// `what`: "property of Project". Names the nearest one, where one is near.
pub(super) fn name(written: &str, span: Span, what: &str, known: &[&str]) -> Diagnostic {
    let diagnostic = Diagnostic::error(Code::UnknownName, span, format!("There is no {what} named `{written}`."));
    match nearest(written, known) {
        Some(near) => Diagnostic {
            message: format!("There is no {what} named `{written}`; did you mean `{near}`?"),
            ..diagnostic.with_fix(span, near)
        },
        None => diagnostic,
    }
}

fn nearest<'n>(written: &str, known: &[&'n str]) -> Option<&'n str> {
    let lower = written.to_lowercase();
    let others = known.iter().filter(|name| !name.eq_ignore_ascii_case(written));
    let scored = others.map(|name| (*name, strsim::jaro_winkler(&lower, &name.to_lowercase())));
    let (name, score) = scored.max_by(|(_, left), (_, right)| left.total_cmp(right))?;
    (score > 0.8).then_some(name)
}
