//! Problems of a query, drawn at their place in its text.

use annotate_snippets::renderer::DEFAULT_TERM_WIDTH;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use device::{Problem, ProblemFix};
use std::io::IsTerminal;
use std::ops::Range;

/// Colours only where a person reads.
pub(crate) fn draw(text: &str, problems: &[Problem]) -> String {
    let renderer = if std::io::stderr().is_terminal() { Renderer::styled() } else { Renderer::plain() };
    let groups: Vec<Group<'_>> = problems.iter().map(|problem| group(text, problem)).collect();
    renderer.term_width(DEFAULT_TERM_WIDTH).render(&groups)
}

fn group<'a>(text: &'a str, problem: &'a Problem) -> Group<'a> {
    let level = if problem.warning { Level::WARNING } else { Level::ERROR };
    let place = AnnotationKind::Primary.span(span(text, problem.begin, problem.end));
    let others = problem
        .labels
        .iter()
        .map(|label| AnnotationKind::Context.span(span(text, label.begin, label.end)).label(label.text.as_str()));
    let source = Snippet::source(text).annotation(place).annotations(others);
    let group = level.primary_title(problem.message.as_str()).element(source);
    let help = problem.help.iter().map(|help| Level::HELP.message(help.as_str()));
    let fixes = problem.fixes.iter().map(|fix| Level::HELP.message(instruction(text, fix)));
    help.chain(fixes).fold(group, Group::element)
}

/// A fix for somebody who has no button to press.
fn instruction(text: &str, fix: &ProblemFix) -> String {
    let range = span(text, fix.begin, fix.end);
    let (replaced, written) = (text[range.clone()].trim(), fix.replacement.trim());
    if written.contains('\n') || replaced == text.trim() {
        return format!("write\n{written}");
    }
    match (replaced, written, text[range.start..].split_whitespace().next()) {
        (_, "", _) => format!("leave `{replaced}` out"),
        ("", _, Some(next)) => format!("write `{written}` before `{next}`"),
        ("", _, None) => format!("write `{written}` at the end"),
        _ => format!("write `{written}` in the place of `{replaced}`"),
    }
}

/// Inside the text and between characters, whatever came from the other side.
fn span(text: &str, begin: usize, end: usize) -> Range<usize> {
    let boundary = |mut place: usize| {
        place = place.min(text.len());
        while !text.is_char_boundary(place) {
            place -= 1;
        }
        place
    };
    let begin = boundary(begin);
    begin..boundary(end).max(begin)
}

#[cfg(test)]
mod tests {
    use super::*;
    use device::{ProblemCode, ProblemLabel};

    fn problem(begin: usize, end: usize) -> Problem {
        let help = Some("did you mean `Description`?".to_owned());
        let (labels, fixes) = (Vec::new(), Vec::new());
        let message = "Timesheet has no property Descripton".to_owned();
        Problem { code: ProblemCode::UnknownName, message, begin, end, help, warning: false, labels, fixes }
    }

    #[test]
    fn a_problem_is_drawn_at_its_place_with_the_way_on() {
        let drawn = draw("From T In Timesheet Select { T.Descripton }", &[problem(31, 41)]);
        assert!(drawn.starts_with("error: Timesheet has no property Descripton"), "{drawn}");
        assert!(drawn.contains("^^^^^^^^^^") && drawn.contains("did you mean"), "{drawn}");
    }

    #[test]
    fn both_sides_of_a_comparison_are_shown_with_their_types() {
        let text = "From C In Customer Where C.Name = 5 Select C.Name";
        let at = |begin: usize, end: usize, text: &str| ProblemLabel { begin, end, text: text.to_owned() };
        let labels = vec![at(25, 31, "of type Text"), at(34, 35, "of type Int")];
        let drawn = draw(text, &[Problem { labels, ..problem(25, 35) }]);
        assert!(drawn.contains("of type Text") && drawn.contains("of type Int"), "{drawn}");
    }

    #[test]
    fn a_fix_is_told_as_what_to_write() {
        let told = |text: &str, begin: usize, end: usize, replacement: &str| {
            let fixes = vec![ProblemFix { begin, end, replacement: replacement.to_owned() }];
            draw(text, &[Problem { help: None, fixes, ..problem(begin, end) }])
        };
        let replaced = told("From T In Timesheet Select { T.Descripton }", 31, 41, "Description");
        assert!(replaced.contains("help: write `Description` in the place of `Descripton`"), "{replaced}");
        let inserted = told("Where (T.Billable Select T", 17, 17, ")");
        assert!(inserted.contains("help: write `)` before `Select`"), "{inserted}");
        assert!(told("Where (T.Billable", 17, 17, ")").contains("help: write `)` at the end"));
        assert!(told("Where T.Billable) Select T", 16, 17, "").contains("help: leave `)` out"));
        let whole = told("SELECT Name FROM Customer", 0, 25, "From C In Customer\nSelect { C.Name }");
        assert!(whole.contains("From C In Customer") && whole.contains("Select { C.Name }"), "{whole}");
    }

    #[test]
    fn a_place_outside_the_text_or_inside_a_character_is_drawn_too() {
        for (begin, end) in [(0, 0), (1, 2), (3, 1), (2, 900), (900, 901)] {
            assert!(draw("ä ö", &[problem(begin, end)]).contains("ä ö"), "{begin}..{end}");
        }
        assert!(draw("", &[problem(0, 1)]).contains("no property"));
    }
}
