//! Problems of a query, drawn at their place in its text.

use annotate_snippets::renderer::DEFAULT_TERM_WIDTH;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use device::Problem;
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
    let place = AnnotationKind::Primary.span(span(text, problem));
    let group = level.primary_title(problem.message.as_str()).element(Snippet::source(text).annotation(place));
    match &problem.help {
        Some(help) => group.element(Level::HELP.message(help.as_str())),
        None => group,
    }
}

/// Inside the text and between characters, whatever came from the other side.
fn span(text: &str, problem: &Problem) -> Range<usize> {
    let boundary = |mut place: usize| {
        place = place.min(text.len());
        while !text.is_char_boundary(place) {
            place -= 1;
        }
        place
    };
    let begin = boundary(problem.begin);
    begin..boundary(problem.end).max(begin)
}

#[cfg(test)]
mod tests {
    use super::*;
    use device::ProblemCode;

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
    fn a_place_outside_the_text_or_inside_a_character_is_drawn_too() {
        for (begin, end) in [(0, 0), (1, 2), (3, 1), (2, 900), (900, 901)] {
            assert!(draw("ä ö", &[problem(begin, end)]).contains("ä ö"), "{begin}..{end}");
        }
        assert!(draw("", &[problem(0, 1)]).contains("no property"));
    }
}
