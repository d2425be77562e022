//! What must hold for any bytes. The fuzzer's targets call these, and so do the tests, over the corpus.

use crate::model;
use query_lang::catalogue::Catalogue;
use query_lang::{Compiled, Diagnostic, Environment, Parameters, Stored, Target, TenantSchema, Type, Value};
use query_lang::{compile as compile_query, editor, tokens};
use std::sync::OnceLock;
use uuid::Uuid;

const TYPES: [Type; 9] = [
    Type::Bool,
    Type::Int,
    Type::Decimal,
    Type::Text,
    Type::Date,
    Type::Time,
    Type::DateTime,
    Type::Duration,
    Type::Guid,
];

fn catalogue() -> &'static Catalogue {
    static CATALOGUE: OnceLock<Catalogue> = OnceLock::new();
    CATALOGUE.get_or_init(model::catalogue)
}

fn text(data: &[u8]) -> Option<&str> {
    std::str::from_utf8(data).ok()
}

fn compiled(text: &str, target: &Target) -> Result<Compiled, Vec<Diagnostic>> {
    compile_query(text, catalogue(), target)
}

/// Tokens cover the text from left to right, and what an editor asks at any place has an answer inside the text.
pub(crate) fn parse(data: &[u8]) {
    let Some(text) = text(data) else { return };
    let mut end = 0;
    for token in tokens(text) {
        let (from, to) = (token.span.start as usize, token.span.end as usize);
        assert!(end <= from && from <= to && text.get(from..to).is_some(), "{token:?} behind {end} in {text:?}");
        end = to;
    }
    for wrong in editor::diagnose(text, catalogue(), &Target::Sqlite) {
        assert!(wrong.span.start <= wrong.span.end && wrong.span.end as usize <= text.len(), "{wrong:?} in {text:?}");
        assert!(!wrong.message.is_empty());
    }
    let middle = (0..=text.len() / 2).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    for offer in editor::complete(text, middle, catalogue()) {
        assert!(offer.replace.end as usize <= text.len(), "{offer:?} in {text:?}");
    }
    let _ = editor::hover(text, middle, catalogue());
}

/// Formatting changes neither what is asked nor what is formatted already.
pub(crate) fn format(data: &[u8]) {
    let Some(text) = text(data) else { return };
    let Ok(once) = editor::format(text, catalogue()) else { return };
    assert_eq!(editor::format(&once, catalogue()).as_ref(), Ok(&once), "{text:?}");
    let sql = |text: &str| compiled(text, &Target::Sqlite).map(|compiled| compiled.sql).ok();
    assert_eq!(sql(text), sql(&once), "{text:?}\n{once:?}");
}

/// Both engines' texts, the same ones each time, with a value for each bind; a person's words stay out of them.
pub(crate) fn compile(data: &[u8]) {
    let Some(text) = text(data) else { return };
    let schema = TenantSchema::new("t_acme").expect("a schema");
    let environment = Environment {
        user: Uuid::from_u128(7),
        now: 0,
        zone: jiff::tz::TimeZone::UTC,
        first_weekday: jiff::civil::Weekday::Monday,
    };
    for target in [Target::Sqlite, Target::Postgres(schema)] {
        let Ok(compiled) = compiled(text, &target) else { continue };
        assert_eq!(compile_query(text, catalogue(), &target).map(|again| again.sql), Ok(compiled.sql.clone()));
        assert!(!compiled.sql.contains(';') && !compiled.sql.contains("--"), "{text:?}\n{}", compiled.sql);
        if let Ok(values) = compiled.bind(&environment, &Parameters::new()) {
            assert_eq!(values.len(), compiled.binds.len());
        }
    }
}

/// What a database or the wire may give for a value: it has the wanted type, or there is none.
pub(crate) fn decode(data: &[u8]) {
    let [kind, form, rest @ ..] = data else { return };
    let kind = TYPES[usize::from(*kind) % TYPES.len()];
    let number = rest.iter().take(8).fold(0_i64, |number, byte| number << 8 | i64::from(*byte));
    let stored = match form % 6 {
        0 => Stored::Null,
        1 => Stored::Bool(number & 1 == 1),
        2 => Stored::Int(number),
        3 => Stored::Bytes(rest),
        4 => Stored::Guid(Uuid::from_u128(number as u128)),
        _ => Stored::Text(text(rest).unwrap_or_default()),
    };
    let known = Value::from_stored(kind, stored);
    assert!(known.is_none_or(|value| value.is_null() == (stored == Stored::Null)), "{kind:?} from {stored:?}");
    let Some(text) = text(rest) else { return };
    if let Some(value) = Value::read(kind, text, &jiff::tz::TimeZone::UTC) {
        assert!(!value.is_null(), "{kind:?} from {text:?}");
    }
}
