use super::declare::*;
use super::signature::{Class, Function, Nulls, Piece};
use super::{Out, Raw};

/// `If`, `??`, `In` and comparisons are nodes of the tree, not functions.
pub(super) const FUNCTIONS: &[Function] = &[
    scalar("IsEmpty", "is_empty", &[text("text")], BOOL, is_empty)
        .aliases(&["IsNullOrEmpty"])
        .nulls(Nulls::Handles)
        .native(&[Piece::Text("(coalesce("), Piece::Argument(0), Piece::Text(", '') = '')")], &["coalesce"]),
    scalar("Least", "least", &[same("a", Class::Ordered), same("b", Class::Ordered)], SAME, least).repeats(),
    scalar("Greatest", "greatest", &[same("a", Class::Ordered), same("b", Class::Ordered)], SAME, greatest).repeats(),
    scalar(
        "Between",
        "between",
        &[same("x", Class::Ordered), same("low", Class::Ordered), same("high", Class::Ordered)],
        BOOL,
        between,
    ),
];

fn is_empty(arguments: &[Raw<'_>]) -> Out {
    Out::bool(matches!(arguments, [Raw::Null | Raw::Text("")]))
}

fn least(arguments: &[Raw<'_>]) -> Out {
    arguments.iter().min().map_or(Out::Null, |value| value.to_out())
}

fn greatest(arguments: &[Raw<'_>]) -> Out {
    match arguments.contains(&Raw::Null) {
        true => Out::Null,
        false => arguments.iter().max().map_or(Out::Null, |value| value.to_out()),
    }
}

fn between(arguments: &[Raw<'_>]) -> Out {
    match arguments {
        [x, low, high] if !arguments.contains(&Raw::Null) => Out::bool(low <= x && x <= high),
        _ => Out::Null,
    }
}
