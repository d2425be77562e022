use super::arithmetic::{divide, multiply};
use super::letter_table::{FOLD_FROM, FOLD_TO, LOWER_FROM, LOWER_TO, UPPER_FROM, UPPER_TO};
use super::patterns::like;
use super::*;
use crate::value::{DATE_RANGE, Type};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use proptest::prelude::*;

fn ask(name: &str, kinds: &[Type], arguments: &[Raw<'_>]) -> Out {
    let kinds: Vec<Option<Type>> = kinds.iter().copied().map(Some).collect();
    resolve(name, &kinds).expect(name).function.call(arguments)
}

const OF_DAY: [&str; 15] = [
    "Year",
    "Quarter",
    "Month",
    "Day",
    "Weekday",
    "DayOfWeek",
    "DayOfYear",
    "IsoWeek",
    "IsoYear",
    "StartOfWeek",
    "EndOfWeek",
    "StartOfMonth",
    "EndOfMonth",
    "StartOfYear",
    "EndOfYear",
];

fn days(date: Date) -> i64 {
    i64::from(date.since(Date::constant(1970, 1, 1)).expect("days").get_days())
}

#[test]
fn every_day_of_three_centuries_is_that_of_the_calendar() {
    let functions = OF_DAY.map(|name| resolve(name, &[Some(Type::Date)]).expect(name).function);
    let add_months = resolve("AddMonths", &[Some(Type::Date), Some(Type::Int)]).expect("AddMonths").function;
    let mut day = date(1900, 1, 1);
    while day < date(2200, 1, 1) {
        let at = days(day);
        let week = day.iso_week_date();
        let expected = [
            i64::from(day.year()),
            (i64::from(day.month()) + 2) / 3,
            i64::from(day.month()),
            i64::from(day.day()),
            i64::from(day.weekday().to_monday_one_offset()),
            i64::from(day.weekday().to_sunday_zero_offset()),
            i64::from(day.day_of_year()),
            i64::from(week.week()),
            i64::from(week.year()),
            at - i64::from(day.weekday().to_monday_zero_offset()),
            at + 6 - i64::from(day.weekday().to_monday_zero_offset()),
            days(day.first_of_month()),
            days(day.last_of_month()),
            days(day.first_of_year()),
            days(day.last_of_year()),
        ];
        for (function, expected) in functions.iter().zip(expected) {
            // Weeks of a company that says nothing begin on Monday.
            let arguments = [Raw::Int(at), Raw::Int(1)];
            let found = function.call(&arguments[..function.arity()]);
            assert_eq!(found, Out::Int(expected), "{}({day})", function.name);
        }
        let months = add_months.call(&[Raw::Int(at), Raw::Int(-13)]);
        assert_eq!(months, Out::Int(days(day.checked_add((-13).months()).expect("in range"))), "{day}");
        day = day.tomorrow().expect("in range");
    }
}

#[test]
fn a_week_begins_on_the_day_that_the_company_says_and_ends_six_days_later() {
    let [start, end] =
        ["StartOfWeek", "EndOfWeek"].map(|name| resolve(name, &[Some(Type::Date)]).expect(name).function);
    for first in 1..=7 {
        let mut begin = date(2024, 1, 1);
        while i64::from(begin.weekday().to_monday_one_offset()) != first {
            begin = begin.tomorrow().expect("in range");
        }
        for day in (0..2_000).map(|later| days(begin) + later) {
            let begin = days(begin) + (day - days(begin)) / 7 * 7;
            assert_eq!(start.call(&[Raw::Int(day), Raw::Int(first)]), Out::Int(begin));
            assert_eq!(end.call(&[Raw::Int(day), Raw::Int(first)]), Out::Int(begin + 6));
        }
    }
}

#[test]
fn what_leaves_the_calendar_is_null() {
    let (first, last) = (*DATE_RANGE.start(), *DATE_RANGE.end());
    for (name, day, count) in
        [("AddDays", last, 1), ("AddDays", first, i64::MIN), ("AddMonths", last, 1), ("AddYears", first, -1)]
    {
        assert_eq!(ask(name, &[Type::Date, Type::Int], &[Raw::Int(day), Raw::Int(count)]), Out::Null);
    }
    assert_eq!(ask("DateOf", &[Type::Int; 3], &[Raw::Int(2026), Raw::Int(2), Raw::Int(29)]), Out::Null);
    assert_eq!(ask("EndOfYear", &[Type::Date], &[Raw::Int(last)]), Out::Int(last));
}

proptest! {
    #[test]
    fn a_product_of_decimals_is_the_nearest_one_and_half_goes_away_from_zero(a: i64, b: i64, scale in 0_u32..63) {
        let (a, b) = (a >> scale, b >> (63 - scale));
        nearest(multiply(a, b), i128::from(a) * i128::from(b), 1_000_000)?;
    }

    #[test]
    fn a_quotient_of_decimals_is_the_nearest_one_and_half_goes_away_from_zero(a: i64, b: i64, scale in 0_u32..63) {
        let b = (b >> scale).max(1);
        nearest(divide(a, b), i128::from(a) * 1_000_000, i128::from(b))?;
        nearest(divide(a, -b), i128::from(a) * -1_000_000, i128::from(b))?;
    }

    #[test]
    fn no_function_panics_whatever_it_is_given(numbers: [i64; 5], words in prop::array::uniform5(".{0,8}"), kinds: [u8; 5]) {
        let arguments: Vec<Raw<'_>> = (0..5).map(|index| match kinds[index] % 8 {
            0 => Raw::Null,
            1 | 2 => Raw::Text(&words[index]),
            3 => Raw::Bytes(words[index].as_bytes()),
            4 => Raw::Int(numbers[index] % 1_000),
            _ => Raw::Int(numbers[index]),
        }).collect();
        for function in TABLE.iter() {
            let arguments = &arguments[..function.arity().min(5)];
            function.call(arguments);
            if let Some(mut fold) = function.fold() {
                fold.step(arguments);
                fold.value();
                fold.inverse(arguments);
            }
        }
    }
}

fn nearest(result: Option<i64>, numerator: i128, denominator: i128) -> Result<(), TestCaseError> {
    match result {
        Some(result) => {
            let off = (i128::from(result) * denominator - numerator).abs() * 2;
            prop_assert!(off <= denominator);
            prop_assert!(off < denominator || i128::from(result).abs() * denominator > numerator.abs());
        }
        None => prop_assert!((numerator / denominator).abs() >= i128::from(i64::MAX)),
    }
    Ok(())
}

#[test]
fn a_function_handles_nulls_itself_as_its_table_entry_says() {
    for function in TABLE.iter() {
        let Body::Scalar(scalar) = function.body else { continue };
        for place in 0..function.arity() {
            let arguments: Vec<Raw<'_>> =
                (0..function.arity()).map(|index| if index == place { Raw::Null } else { Raw::Int(1) }).collect();
            assert_eq!(scalar(&arguments), function.call(&arguments), "{}", function.name);
            let texts: Vec<Raw<'_>> =
                arguments.iter().map(|raw| if raw.is_null() { Raw::Null } else { Raw::Text("a") }).collect();
            assert_eq!(scalar(&texts), function.call(&texts), "{}", function.name);
        }
    }
}

#[test]
fn letters_are_those_of_unicode_and_a_fold_is_final() {
    for (from, to) in [(LOWER_FROM, LOWER_TO), (UPPER_FROM, UPPER_TO), (FOLD_FROM, FOLD_TO)] {
        assert_eq!(from.chars().count(), to.chars().count());
    }
    for letter in '\u{0}'..=char::MAX {
        let text = letter.to_string();
        let lower_letters: Vec<char> = letter.to_lowercase().collect();
        if let [one] = lower_letters[..] {
            assert_eq!(lower(&text), one.to_string());
        }
        let upper_letters: Vec<char> = letter.to_uppercase().collect();
        if let [one] = upper_letters[..] {
            assert_eq!(upper(&text), one.to_string());
        }
        assert_eq!(fold(&fold(&text)), fold(&text), "{text}");
    }
    for (text, folded) in [("Straße ÄÖÜ", "strasse aou"), ("e\u{301}É", "ee"), ("ŁÓDŹ", "lodz"), ("ΣΊΣΥΦΟΣ", "σίσυφοσ")]
    {
        assert_eq!(fold(text), folded);
    }
}

#[test]
fn a_pattern_knows_many_one_and_the_next_one_as_it_is() {
    let cases = [
        ("code", "%od%", true),
        ("code", "c_de", true),
        ("code", "c_e", false),
        ("", "%", true),
        ("", "_", false),
        ("100%", r"100\%", true),
        ("1000", r"100\%", false),
        (r"a\", r"a\", true),
        ("aaab", "%a%b", true),
        ("abcabd", "%abd", true),
    ];
    for (text, pattern, expected) in cases {
        assert_eq!(like(text, pattern), expected, "{text} Like {pattern}");
    }
}

#[test]
fn positions_are_clamped_and_count_characters() {
    let mid = |start, count| {
        ask("Mid", &[Type::Text, Type::Int, Type::Int], &[Raw::Text("größer"), Raw::Int(start), Raw::Int(count)])
    };
    assert_eq!(mid(3, 2), Out::Text("öß".to_owned()));
    assert_eq!(mid(-5, 2), Out::Text("gr".to_owned()));
    assert_eq!(mid(9, i64::MAX), Out::Text(String::new()));
    assert_eq!(mid(i64::MIN, i64::MIN), Out::Text(String::new()));
}

#[test]
fn a_text_above_the_limit_is_null() {
    let text = "x".repeat(TEXT_BYTES_MAX);
    let kinds = [Type::Text, Type::Text];
    assert_eq!(ask("+", &kinds, &[Raw::Text(&text), Raw::Text("y")]), Out::Null);
    let replaced = ask("Replace", &[Type::Text; 3], &[Raw::Text(&text), Raw::Text("x"), Raw::Text(&text)]);
    assert_eq!(replaced, Out::Null);
}

#[test]
fn an_int_becomes_a_decimal_only_where_it_must() {
    assert_eq!(resolve("*", &[Some(Type::Int), Some(Type::Int)]).map(|found| found.result), Some(Type::Int));
    let mixed = resolve("*", &[Some(Type::Int), Some(Type::Decimal)]).expect("an overload");
    assert_eq!(mixed.conversions, [Conversion::IntToDecimal, Conversion::None]);
    assert_eq!(mixed.result, Type::Decimal);
    assert!(resolve("*", &[Some(Type::Text), Some(Type::Int)]).is_none());
    let year = resolve("year", &[Some(Type::DateTime)]).expect("an overload");
    assert_eq!(year.conversions, [Conversion::DateTimeToDate]);
}

#[test]
fn every_function_that_is_called_there_is_defined_in_postgres() {
    let sql = postgres_sql(&crate::Identifier::new("tq_v1").expect("a name"));
    for function in TABLE.iter() {
        let own = match function.postgres {
            Form::Call => vec![function.symbol],
            Form::Inline { pieces, .. } => pieces
                .iter()
                .filter_map(|piece| if let Piece::Own(name) = piece { Some(*name) } else { None })
                .collect(),
            Form::Bound => continue,
        };
        for name in own {
            assert!(sql.contains(&format!("FUNCTION tq_v1.{name}(")), "{} needs {name}", function.name);
        }
    }
}

#[test]
fn an_inline_form_uses_only_arguments_that_there_are() {
    for function in TABLE.iter() {
        for form in [function.sqlite, function.postgres] {
            let Form::Inline { pieces, .. } = form else { continue };
            let used =
                pieces.iter().filter_map(|piece| if let Piece::Argument(index) = piece { Some(*index) } else { None });
            assert!(used.into_iter().all(|index| index < function.arity()), "{}", function.name);
        }
    }
}

#[test]
fn a_generator_gives_whole_periods_and_stops_at_its_limit() {
    let (zone, first_weekday) = (jiff::tz::TimeZone::UTC, jiff::civil::Weekday::Monday);
    let environment = crate::Environment { user: uuid::Uuid::nil(), now: 0, zone, first_weekday };
    let generated = |name: &str, from: i64, to: i64| {
        Generator::find(name).expect(name).rows(Raw::Int(from), Raw::Int(to), &environment)
    };
    let (from, to) = (days(date(2026, 1, 31)), days(date(2026, 3, 1)));
    let months = generated("Months", from, to).expect("few");
    assert_eq!(months.len(), 3);
    assert_eq!(months[1], [date(2026, 2, 1), date(2026, 2, 28)].map(|day| crate::Value::Date(days(day) as i32)));
    assert_eq!(generated("Dates", to, from), Ok(Vec::new()));
    assert_eq!(generated("Range", 1, 4_000).map(|rows| rows.len()), Ok(4_000));
    assert!(generated("Range", 1, 4_001).is_err());
    assert!(generated("Range", i64::MIN, i64::MAX).is_err());
}
