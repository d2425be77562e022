use super::Writing;
use query_lang::{Type, Value};
use uuid::Uuid;

impl Writing<'_> {
    pub(super) fn literal(&mut self, kind: Type) -> String {
        let texts: &[&str] = match kind {
            Type::Bool => &["True", "False"],
            Type::Int => &["0", "1", "2", "3", "7", "100", "2147483648", "(-1)", "9223372036854775807"],
            Type::Decimal => &["0.0", "0.5", "1.333333", "2.5", "80.0", "(-0.000001)", "9000000000000.5"],
            Type::Text => &["''", "'a'", "'A'", "'Ä'", "'ae\u{301}'", "'x%'", "\"it''s\"", "'日'", "'12'", "' a '"],
            Type::Date => &["#2026-03-29#", "#2026-03-01#", "#2026-10-25#", "#9999-12-31#", "#0001-01-01#", "Today()"],
            Type::Time => &["#00:00#", "#08:30#", "#23:59:59#"],
            Type::DateTime => &[
                "#2026-03-29 02:30#",
                "#2026-03-20 08:00#",
                "#2026-10-25 02:30#",
                "#9999-12-31 12:00#",
                "Now()",
                "At(#2026-03-28#, #22:00#)",
            ],
            Type::Duration => &["0h", "15min", "1h30min", "8h", "2d", "(-1h)", "0.5s"],
            Type::Guid => &["{00000000-0000-0000-0000-000000000002}", "{00000000-0000-0000-0000-000000000003}"],
            Type::Ref(entity) if Some(entity) == self.catalogue.find("User") => &["CurrentUser"],
            Type::Ref(entity) => {
                let id = crate::queries::engines::rows::id_of(entity, 1 + self.dice.below(4));
                return format!("{{{id}}}");
            }
        };
        (*self.dice.pick(texts)).to_owned()
    }

    /// A declared parameter with a value, or with null. None: the type cannot be written.
    pub(super) fn parameter(&mut self, kind: Type) -> Option<String> {
        let written = match kind {
            Type::Ref(entity) => self.catalogue.entity(entity).name.clone(),
            Type::Time => return None,
            kind => format!("{kind:?}"),
        };
        if written.contains('.') || self.without_parameters {
            return None;
        }
        let nullable = self.dice.once_in(3);
        let value = match kind {
            _ if nullable && self.dice.once_in(2) => Value::Null,
            Type::Bool => Value::Bool(self.dice.once_in(2)),
            Type::Int => Value::Int(self.dice.between(-2, 9)),
            Type::Decimal => Value::Decimal(self.dice.between(-2, 9) * 500_000),
            Type::Text => Value::Text((*self.dice.pick(&["", "a", "Ä", "zebra"])).to_owned()),
            Type::Date => Value::Date(self.dice.between(20_515, 20_548) as i32),
            Type::DateTime => Value::DateTime(self.dice.between(20_515, 20_548) * 86_400_000_000),
            Type::Duration => Value::Duration(self.dice.between(0, 8) * 3_600_000_000),
            Type::Guid | Type::Time => Value::Guid(Uuid::from_u128(2)),
            Type::Ref(entity) => Value::Guid(crate::queries::engines::rows::id_of(entity, 2)),
        };
        let name = self.name("p");
        let optional = if nullable { "?" } else { "" };
        self.program.declarations.push(format!("@{name} As {written}{optional}"));
        self.program.parameters.insert(name.clone(), value);
        Some(format!("@{name}"))
    }
}
