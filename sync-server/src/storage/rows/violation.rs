use crate::storage::rows::{RowTable, RowTables};
use query_lang::EntityId;

/// What a constraint of the database refused, in the model's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Violation {
    /// Another live row has the value of this property; `value` as the database writes it.
    NotUnique {
        entity: EntityId,
        property: usize,
        value: String,
    },
    MissingParent {
        entity: EntityId,
        property: usize,
    },
    Required {
        entity: EntityId,
        property: usize,
    },
    /// A value that the database takes in no row.
    BadValue {
        entity: Option<EntityId>,
    },
}

/// None: the database's own trouble, which says nothing of the rows.
pub(crate) fn violation(error: &sqlx::Error, tables: &RowTables) -> Option<Violation> {
    let error = error.as_database_error()?;
    let code = error.code()?;
    let detail = error.try_downcast_ref::<sqlx::postgres::PgDatabaseError>();
    let table = error.table().and_then(|name| tables.iter().find(|table| table.name.as_str() == name));
    let key = detail.and_then(|detail| detail.detail()).and_then(key_of);
    let bad = || Some(Violation::BadValue { entity: table.map(|table| table.entity) });
    let named = |column: &str| Some((table?.entity, property_of(table?, column)?));
    match code.as_ref() {
        "23505" => match key.as_ref().and_then(|(column, value)| Some((named(column)?, value))) {
            Some(((entity, property), value)) => {
                Some(Violation::NotUnique { entity, property, value: value.to_string() })
            }
            None => bad(),
        },
        "23503" => match key.and_then(|(column, _)| named(column)) {
            Some((entity, property)) => Some(Violation::MissingParent { entity, property }),
            None => bad(),
        },
        "23502" => match detail.and_then(|detail| detail.column()).and_then(named) {
            Some((entity, property)) => Some(Violation::Required { entity, property }),
            None => bad(),
        },
        code if code.starts_with("22") || code.starts_with("23") || code.starts_with("54") => bad(),
        _ => None,
    }
}

fn property_of(table: &RowTable, column: &str) -> Option<usize> {
    table.columns.iter().find(|stored| stored.name.as_str() == column).map(|stored| stored.property)
}

/// Column and value of `Key (code)=(P1) already exists.` and of `Key (project_id)=(..) is not present in table ..`.
fn key_of(detail: &str) -> Option<(&str, &str)> {
    let (column, rest) = detail.strip_prefix("Key (")?.split_once(")=(")?;
    let end = rest.rfind(") already exists").or_else(|| rest.rfind(") is not present"))?;
    Some((column.trim_matches('"'), &rest[..end]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_of_a_refused_row_is_read_from_the_databases_words() {
        assert_eq!(key_of("Key (code)=(P1) already exists."), Some(("code", "P1")));
        assert_eq!(key_of("Key (code)=(a) already exists (b) already exists."), Some(("code", "a) already exists (b")));
        assert_eq!(key_of("Key (\"from\")=(1) already exists."), Some(("from", "1")));
        assert_eq!(key_of("Key (task_id)=(7) is not present in table \"task\"."), Some(("task_id", "7")));
        assert_eq!(key_of("Failing row contains (1, null)."), None);
    }
}
