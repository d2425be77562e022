//! Tables and columns of the model, and the statements over them that never change.

use migrations::Model;
use migrations::model::{Entity, Property};
use query_lang::Type;
use std::collections::HashMap;
use sync_protocol::Cell;

/// Every table of the company's model.
#[derive(Debug, Default)]
pub(crate) struct Layout {
    tables: Vec<Table>,
    by_entity: HashMap<String, usize>,
}

#[derive(Debug)]
pub(crate) struct Table {
    pub(crate) entity: String,
    /// Physical name; quoted wherever it is printed.
    pub(crate) name: String,
    /// Stored properties without `Id`, those that the server writes first.
    pub(crate) columns: Vec<Column>,
    by_property: HashMap<String, usize>,
    groups: Vec<Vec<usize>>,
    /// Relations of other tables that point here: (table index, column).
    pub(crate) referred_by: Vec<(usize, String)>,
    pub(crate) select: String,
    pub(crate) upsert: String,
    pub(crate) delete: String,
}

#[derive(Debug)]
pub(crate) struct Column {
    pub(crate) property: String,
    pub(crate) name: String,
    pub(crate) kind: Type,
    pub(crate) required: bool,
    pub(crate) unique: bool,
    pub(crate) fold: bool,
    /// Characters of a text.
    pub(crate) max_length: Option<u32>,
    pub(crate) default: Option<Cell>,
    /// The entity that a relation points to.
    pub(crate) parent: Option<String>,
    /// Created, CreatedBy, Updated, UpdatedBy: in no mutation's `set`.
    pub(crate) of_server: bool,
}

pub(crate) const CREATED: &str = "Created";
pub(crate) const CREATED_BY: &str = "CreatedBy";
pub(crate) const UPDATED: &str = "Updated";
pub(crate) const UPDATED_BY: &str = "UpdatedBy";

impl Layout {
    pub(crate) fn new(model: &Model) -> Self {
        let mut layout = Layout::default();
        for entity in model.tenant_entities() {
            layout.by_entity.insert(entity.name.to_lowercase(), layout.tables.len());
            for alias in &entity.aliases {
                layout.by_entity.entry(alias.name.to_lowercase()).or_insert(layout.tables.len());
            }
            layout.tables.push(Table::new(entity));
        }
        layout.link();
        layout
    }

    /// By name or alias, without case.
    pub(crate) fn table(&self, entity: &str) -> Option<&Table> {
        self.by_entity.get(&entity.to_lowercase()).map(|index| &self.tables[*index])
    }

    pub(crate) fn tables(&self) -> &[Table] {
        &self.tables
    }

    fn link(&mut self) {
        let mut links = Vec::new();
        for (from, table) in self.tables.iter().enumerate() {
            for column in &table.columns {
                let parent = column.parent.as_ref().and_then(|parent| self.by_entity.get(&parent.to_lowercase()));
                if let Some(&to) = parent {
                    links.push((to, from, column.name.clone()));
                }
            }
        }
        for (to, from, column) in links {
            self.tables[to].referred_by.push((from, column));
        }
    }
}

impl Table {
    fn new(entity: &Entity) -> Self {
        let mut columns = of_server();
        columns.extend(entity.columns().filter_map(Column::new));
        let by_property: HashMap<_, _> =
            columns.iter().enumerate().map(|(index, column)| (column.property.to_lowercase(), index)).collect();
        let index_of = |name: &String| by_property.get(&name.to_lowercase()).copied();
        let groups = entity.field_groups.iter().map(|group| group.iter().filter_map(index_of).collect()).collect();
        let name = entity.table.clone();
        let mut stored: Vec<String> = columns.iter().map(|column| column.name.clone()).collect();
        let select = format!("SELECT seq, deleted, {} FROM main.\"{name}\" WHERE id = ?1", quoted(&stored));
        stored.extend(columns.iter().filter(|column| column.fold).map(|column| format!("{}_fold", column.name)));
        Table {
            entity: entity.name.clone(),
            select,
            upsert: upsert(&name, &stored),
            delete: format!("DELETE FROM main.\"{name}\" WHERE id = ?1"),
            name,
            columns,
            by_property,
            groups,
            referred_by: Vec::new(),
        }
    }

    /// By name, without case.
    pub(crate) fn column(&self, property: &str) -> Option<&Column> {
        self.by_property.get(&property.to_lowercase()).map(|index| &self.columns[*index])
    }

    /// The columns that are merged together with this property, itself among them.
    pub(crate) fn group(&self, property: &str) -> Vec<&Column> {
        let Some(&index) = self.by_property.get(&property.to_lowercase()) else { return Vec::new() };
        match self.groups.iter().find(|group| group.contains(&index)) {
            Some(group) => group.iter().map(|index| &self.columns[*index]).collect(),
            None => vec![&self.columns[index]],
        }
    }
}

impl Column {
    /// None: a calculated property.
    fn new(property: &Property) -> Option<Self> {
        let stored = property.stored();
        Some(Column {
            property: property.name.clone(),
            name: property.column()?.to_owned(),
            kind: stored.map_or(Type::Guid, |stored| stored.value_type.language_type()),
            required: property.required(),
            unique: stored.is_some_and(|stored| stored.unique),
            fold: stored.is_some_and(|stored| stored.fold),
            max_length: stored.and_then(|stored| stored.max_length),
            default: stored.and_then(|stored| stored.default.as_ref()).map(literal),
            parent: property.relation().map(|relation| relation.to.clone()),
            of_server: false,
        })
    }
}

fn literal(literal: &migrations::model::Literal) -> Cell {
    use migrations::model::Literal;
    match literal {
        Literal::Bool(value) => Cell::Bool(*value),
        Literal::Int(value) => Cell::Int(*value),
        Literal::Text(value) => Cell::Text(value.clone()),
    }
}

fn of_server() -> Vec<Column> {
    let column = |property: &str, name: &str, kind| Column {
        property: property.to_owned(),
        name: name.to_owned(),
        kind,
        required: false,
        unique: false,
        fold: false,
        max_length: None,
        default: None,
        parent: None,
        of_server: true,
    };
    vec![
        column(CREATED, "created", Type::DateTime),
        column(CREATED_BY, "created_by", Type::Guid),
        column(UPDATED, "updated", Type::DateTime),
        column(UPDATED_BY, "updated_by", Type::Guid),
    ]
}

fn quoted(columns: &[String]) -> String {
    columns.iter().map(|column| format!("\"{column}\"")).collect::<Vec<_>>().join(", ")
}

/// Binds: id, seq, deleted, then the columns in the order given.
fn upsert(table: &str, columns: &[String]) -> String {
    let binds = (4..4 + columns.len()).map(|bind| format!("?{bind}")).collect::<Vec<_>>().join(", ");
    let sets = columns.iter().map(|column| format!("\"{column}\" = excluded.\"{column}\"")).collect::<Vec<_>>();
    format!(
        "INSERT INTO main.\"{table}\" (id, seq, deleted, {}) VALUES (?1, ?2, ?3, {binds}) \
         ON CONFLICT (id) DO UPDATE SET seq = excluded.seq, deleted = excluded.deleted, {}",
        quoted(columns),
        sets.join(", ")
    )
}
