//! Aggregates as folds, and the functions that only a window has.

use super::arithmetic::ONE;
use super::declare::*;
use super::folds::{All, Any, Average, Beside, Count, Extreme, List, Sum};
use super::signature::{Class, Constant, Function, Parameter, Piece, Piece::Argument, Piece::Over};
use crate::value::Type;

const ORDERED: Class = Class::Ordered;
const ANY: Class = Class::Any;

/// `CountDistinct(x)` counts what the caller's fold of distinct values leaves: SQL says DISTINCT, the evaluator too.
pub(super) const FUNCTIONS: &[Function] = &[
    aggregate("Count", "count_rows", &[], INT, || Box::new(Count::rows()))
        .native(&[Piece::Text("count(*)"), Over], &["count"]),
    aggregate("Count", "count", &[same("x", ANY)], INT, || Box::new(Count::values()))
        .native(&[Piece::Text("count("), Argument(0), Piece::Text(")"), Over], &["count"]),
    aggregate("CountDistinct", "count_distinct", &[same("x", ANY)], INT, || Box::new(Count::distinct()))
        .native(&[Piece::Text("count(DISTINCT "), Argument(0), Piece::Text(")")], &["count"])
        .windowed(
            &[
                Piece::Own("distinct_of"),
                Piece::Text("(array_agg("),
                Argument(0),
                Piece::Text(")"),
                Over,
                Piece::Text(")"),
            ],
            &["distinct_of", "array_agg"],
        ),
    aggregate("Sum", "sum", &[same("x", Class::Number)], SAME, || Box::new(Sum::default())).may_fail().postgres(
        &[
            Piece::Own("narrow"),
            Piece::Text("(coalesce(sum("),
            Argument(0),
            Piece::Text(")"),
            Over,
            Piece::Text(", 0))"),
        ],
        &["narrow", "coalesce", "sum"],
    ),
    aggregate("Avg", "average_int", &[int("x")], DECIMAL, || Box::new(Average::of_unit(ONE)))
        .may_fail()
        .postgres(AVERAGE_INT, &["average", "sum", "count"]),
    aggregate("Avg", "average", &[of("x", Type::Decimal)], DECIMAL, || Box::new(Average::of_unit(1)))
        .may_fail()
        .postgres(AVERAGE, &["average", "sum", "count"]),
    aggregate("Avg", "average", &[duration("x")], DURATION, || Box::new(Average::of_unit(1)))
        .may_fail()
        .postgres(AVERAGE, &["average", "sum", "count"]),
    aggregate("Min", "min", &[of("x", Type::Text)], SAME_TEXT, || Box::new(Extreme::least()))
        .may_fail()
        .sqlite(&[Piece::Text("min("), Argument(0), Piece::Text(")"), Over], &["min"])
        .postgres(&[Piece::Text("min(("), Argument(0), Piece::Text(") COLLATE \"C\")"), Over], &["min"]),
    aggregate("Min", "min", &[same("x", ORDERED)], SAME, || Box::new(Extreme::least()))
        .may_fail()
        .native(&[Piece::Text("min("), Argument(0), Piece::Text(")"), Over], &["min"]),
    aggregate("Max", "max", &[of("x", Type::Text)], SAME_TEXT, || Box::new(Extreme::greatest()))
        .may_fail()
        .sqlite(&[Piece::Text("max("), Argument(0), Piece::Text(")"), Over], &["max"])
        .postgres(&[Piece::Text("max(("), Argument(0), Piece::Text(") COLLATE \"C\")"), Over], &["max"]),
    aggregate("Max", "max", &[same("x", ORDERED)], SAME, || Box::new(Extreme::greatest()))
        .may_fail()
        .native(&[Piece::Text("max("), Argument(0), Piece::Text(")"), Over], &["max"]),
    aggregate("#OffsetOfMin", "offset_of_min", INSTANT_AND_OFFSET, INT, || Box::new(Beside::least()))
        .may_fail()
        .postgres(
            &[
                Piece::Text("(min(ARRAY["),
                Argument(0),
                Piece::Text(", "),
                Argument(1),
                Piece::Text("]) FILTER (WHERE ("),
                Argument(0),
                Piece::Text(") IS NOT NULL)"),
                Over,
                Piece::Text(")[2]"),
            ],
            &["min"],
        ),
    aggregate("#OffsetOfMax", "offset_of_max", INSTANT_AND_OFFSET, INT, || Box::new(Beside::greatest()))
        .may_fail()
        .postgres(
            &[
                Piece::Text("(max(ARRAY["),
                Argument(0),
                Piece::Text(", "),
                Argument(1),
                Piece::Text("]) FILTER (WHERE ("),
                Argument(0),
                Piece::Text(") IS NOT NULL)"),
                Over,
                Piece::Text(")[2]"),
            ],
            &["max"],
        ),
    aggregate("Any", "any", &[boolean("condition")], BOOL, || Box::new(Any::default()))
        .sqlite(
            &[Piece::Text("coalesce(max("), Argument(0), Piece::Text(")"), Over, Piece::Text(", 0)")],
            &["coalesce", "max"],
        )
        .postgres(
            &[Piece::Text("coalesce(bool_or("), Argument(0), Piece::Text(")"), Over, Piece::Text(", false)")],
            &["coalesce", "bool_or"],
        ),
    aggregate("All", "all", &[boolean("condition")], BOOL, || Box::new(All::default()))
        .sqlite(
            &[Piece::Text("coalesce(min(coalesce("), Argument(0), Piece::Text(", 0))"), Over, Piece::Text(", 1)")],
            &["coalesce", "min"],
        )
        .postgres(
            &[
                Piece::Text("coalesce(bool_and(coalesce("),
                Argument(0),
                Piece::Text(", false))"),
                Over,
                Piece::Text(", true)"),
            ],
            &["coalesce", "bool_and"],
        ),
    aggregate("List", "list", LISTED, TEXT, || Box::new(List::default()))
        .may_fail()
        .postgres(
            &[
                Piece::Own("short"),
                Piece::Text("(string_agg("),
                Argument(0),
                Piece::Text(", "),
                Argument(1),
                Piece::Text(" ORDER BY ("),
                Argument(0),
                Piece::Text(") COLLATE \"C\"))"),
            ],
            &["short", "string_agg"],
        )
        .windowed(
            &[
                Piece::Own("list_of"),
                Piece::Text("(array_agg("),
                Argument(0),
                Piece::Text(")"),
                Over,
                Piece::Text(", "),
                Argument(1),
                Piece::Text(")"),
            ],
            &["list_of", "array_agg"],
        ),
    aggregate("ListDistinct", "list_distinct", LISTED, TEXT, || Box::new(List::distinct()))
        .may_fail()
        .postgres(
            &[
                Piece::Own("short"),
                Piece::Text("(string_agg(DISTINCT ("),
                Argument(0),
                Piece::Text(") COLLATE \"C\", "),
                Argument(1),
                Piece::Text(" ORDER BY ("),
                Argument(0),
                Piece::Text(") COLLATE \"C\"))"),
            ],
            &["short", "string_agg"],
        )
        .windowed(
            &[
                Piece::Own("distinct_list_of"),
                Piece::Text("(array_agg("),
                Argument(0),
                Piece::Text(")"),
                Over,
                Piece::Text(", "),
                Argument(1),
                Piece::Text(")"),
            ],
            &["distinct_list_of", "array_agg"],
        ),
];

/// What stands beside the least or the greatest instant.
const INSTANT_AND_OFFSET: &[Parameter] = &[date_time("instant"), int("offset")];

/// `List(x, separator, True)` is written as `ListDistinct(x, separator)` too.
const LISTED: &[Parameter] = &[text("x"), text("separator").or(Constant::Text(", ")).constant()];

const SAME_TEXT: super::Gives = TEXT;
const AVERAGE: &[Piece] = &[
    Piece::Own("average"),
    Piece::Text("(sum("),
    Argument(0),
    Piece::Text(")"),
    Over,
    Piece::Text(", count("),
    Argument(0),
    Piece::Text(")"),
    Over,
    Piece::Text(")"),
];
const AVERAGE_INT: &[Piece] = &[
    Piece::Own("average"),
    Piece::Text("(1000000 * sum("),
    Argument(0),
    Piece::Text(")"),
    Over,
    Piece::Text(", count("),
    Argument(0),
    Piece::Text(")"),
    Over,
    Piece::Text(")"),
];

/// Native on both engines. `Lag` and `Lead` take a constant number of rows from 0 to 4,000.
pub(super) const WINDOWS: &[Function] = &[
    window("RowNumber", "row_number", &[], INT).native(&[Piece::Text("row_number()"), Over], &["row_number"]),
    window("Rank", "rank", &[], INT).native(&[Piece::Text("rank()"), Over], &["rank"]),
    window("DenseRank", "dense_rank", &[], INT).native(&[Piece::Text("dense_rank()"), Over], &["dense_rank"]),
    window("Lag", "lag", &[same("x", ANY), int("rows").or(Constant::Int(1)).constant()], SAME)
        .may_fail()
        .sqlite(&[Piece::Text("lag("), Argument(0), Piece::Text(", "), Argument(1), Piece::Text(")"), Over], &["lag"])
        .postgres(
            &[
                Piece::Text("lag("),
                Argument(0),
                Piece::Text(", greatest(least("),
                Argument(1),
                Piece::Text(", 2147483647), -2147483647)::integer)"),
                Over,
            ],
            &["lag", "greatest", "least"],
        ),
    window("Lead", "lead", &[same("x", ANY), int("rows").or(Constant::Int(1)).constant()], SAME)
        .may_fail()
        .sqlite(&[Piece::Text("lead("), Argument(0), Piece::Text(", "), Argument(1), Piece::Text(")"), Over], &["lead"])
        .postgres(
            &[
                Piece::Text("lead("),
                Argument(0),
                Piece::Text(", greatest(least("),
                Argument(1),
                Piece::Text(", 2147483647), -2147483647)::integer)"),
                Over,
            ],
            &["lead", "greatest", "least"],
        ),
    window("First", "first", &[same("x", ANY)], SAME)
        .may_fail()
        .native(&[Piece::Text("first_value("), Argument(0), Piece::Text(")"), Over], &["first_value"]),
    window("Last", "last", &[same("x", ANY)], SAME)
        .may_fail()
        .native(&[Piece::Text("last_value("), Argument(0), Piece::Text(")"), Over], &["last_value"]),
];
