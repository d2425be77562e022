use super::{Bound, Written};
use crate::Target;
use crate::catalogue::Identifier;
use crate::compiled::Reads;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::functions::{POSTGRES_SCHEMA, SQLITE_PREFIX};
use crate::limits;
use crate::plan::{RelationId, Scan, ScannedTable, TableColumn};
use crate::typed::ExpressionId;
use crate::value::Type;
use std::collections::{BTreeMap, BTreeSet};

/// SQL text under construction.
pub(super) struct Text {
    sql: String,
    target: Target,
    first_bind: usize,
    binds: Vec<Bound>,
    /// Column names by table; signals apart.
    tables: BTreeMap<String, BTreeSet<String>>,
    signals: BTreeMap<String, BTreeSet<String>>,
    functions: BTreeSet<String>,
}

impl Text {
    pub(super) fn new(target: &Target, first_bind: usize) -> Self {
        Text {
            sql: String::with_capacity(1024),
            target: target.clone(),
            first_bind,
            binds: Vec::new(),
            tables: BTreeMap::new(),
            signals: BTreeMap::new(),
            functions: BTreeSet::new(),
        }
    }

    pub(super) fn is_postgres(&self) -> bool {
        matches!(self.target, Target::Postgres(_))
    }

    /// 1: a word of SQL that is written in this crate.
    pub(super) fn push(&mut self, keyword: &'static str) {
        self.sql.push_str(keyword);
    }

    /// 2: a column of a table, by its catalogue identifier.
    pub(super) fn push_column(&mut self, relation: RelationId, scan: &Scan, column: &TableColumn) {
        let name = match column {
            TableColumn::Catalogue(identifier) => identifier.as_str(),
            TableColumn::Deleted => "deleted",
            TableColumn::Seq => "seq",
        };
        let tables = if scan.table() == ScannedTable::Signal { &mut self.signals } else { &mut self.tables };
        tables.entry(table_name(scan)).or_default().insert(name.to_owned());
        self.push_alias(relation);
        self.sql.push_str(".\"");
        self.sql.push_str(name);
        self.sql.push('"');
    }

    /// 3: a table, which the guard alone can make, qualified by its schema.
    pub(super) fn push_table(&mut self, scan: &Scan) {
        let schema = match (&self.target, scan.table()) {
            (_, ScannedTable::Signal) => "sig",
            (Target::Sqlite, _) => "main",
            (Target::Postgres(schema), _) => schema.as_str(),
        };
        self.sql.push('"');
        self.sql.push_str(schema);
        self.sql.push_str("\".\"");
        self.sql.push_str(scan.name().as_str());
        self.sql.push('"');
        let tables = if scan.table() == ScannedTable::Signal { &mut self.signals } else { &mut self.tables };
        tables.entry(table_name(scan)).or_default();
    }

    /// 4: a value that is bound. The same constant is the same bind.
    pub(super) fn push_bind(&mut self, value: ExpressionId, kind: Type) {
        self.push_bound(Bound::Constant(value));
        self.push_cast(kind);
    }

    /// Rows of a generator, as one text of JSON.
    pub(super) fn push_rows(&mut self, generated: usize) {
        self.push_bound(Bound::Rows(generated));
    }

    fn push_bound(&mut self, value: Bound) {
        let known = self.binds.iter().position(|bind| *bind == value);
        let index = known.unwrap_or_else(|| {
            self.binds.push(value);
            self.binds.len() - 1
        });
        self.sql.push(if self.is_postgres() { '$' } else { '?' });
        self.push_number(self.first_bind + index);
    }

    /// SQLite's table of what a JSON text holds: it reads nothing of the database, but its authorizer asks for it.
    pub(super) fn note_json_each(&mut self) {
        self.tables.entry("json_each".to_owned()).or_default().insert("value".to_owned());
    }

    /// Postgres has to know what a bind or a Null is.
    pub(super) fn push_cast(&mut self, kind: Type) {
        if self.is_postgres() {
            self.sql.push_str("::");
            self.sql.push_str(postgres_type(kind));
        }
    }

    pub(super) fn push_alias(&mut self, relation: RelationId) {
        self.sql.push('t');
        self.push_number(relation.0 as usize);
    }

    pub(super) fn push_output(&mut self, index: usize) {
        self.sql.push('c');
        self.push_number(index);
    }

    pub(super) fn push_number(&mut self, number: usize) {
        self.sql.push_str(&number.to_string());
    }

    /// A function of ours by its symbol.
    pub(super) fn push_own_function(&mut self, symbol: &'static str) {
        if self.is_postgres() {
            self.sql.push('"');
            self.sql.push_str(POSTGRES_SCHEMA);
            self.sql.push_str("\".\"");
            self.sql.push_str(symbol);
            self.sql.push('"');
            self.functions.insert(symbol.to_owned());
        } else {
            self.sql.push_str(SQLITE_PREFIX);
            self.sql.push_str(symbol);
            self.functions.insert(format!("{SQLITE_PREFIX}{symbol}"));
        }
    }

    /// A native function that the text calls.
    pub(super) fn note_function(&mut self, name: &'static str) {
        self.functions.insert(name.to_owned());
    }

    pub(super) fn is_too_long(&self) -> bool {
        self.sql.len() > limits::SQL_BYTES_MAX
    }

    pub(super) fn finish(self) -> Result<Written, Diagnostic> {
        let too_much = |what: &str, limit: usize| {
            let message = format!("The query becomes too large: more than {limit} {what}.");
            Err(Diagnostic::error(Code::Limit, Span::default(), message))
        };
        if self.is_too_long() {
            return too_much("bytes of SQL", limits::SQL_BYTES_MAX);
        }
        if self.binds.len() > limits::BINDS_MAX {
            return too_much("constants", limits::BINDS_MAX);
        }
        let list = |tables: BTreeMap<String, BTreeSet<String>>| {
            tables.into_iter().map(|(table, columns)| (table, columns.into_iter().collect())).collect()
        };
        let reads = Reads {
            tables: list(self.tables),
            functions: self.functions.into_iter().collect(),
            signals: list(self.signals),
        };
        Ok(Written { sql: self.sql, binds: self.binds, reads })
    }
}

fn table_name(scan: &Scan) -> String {
    Identifier::as_str(scan.name()).to_owned()
}

fn postgres_type(kind: Type) -> &'static str {
    match kind {
        Type::Bool => "boolean",
        Type::Date => "integer",
        Type::Text => "text",
        Type::Guid | Type::Ref(_) => "uuid",
        Type::Int | Type::Decimal | Type::Time | Type::DateTime | Type::Duration => "bigint",
    }
}
