use crate::failure::Failure;
use crate::storage::executor::Statement;
use crate::storage::rows::values::bind_value;
use query_lang::{
    Catalogue, Compiled, Condition, EntityId, Environment, Parameters, RowSource, Target, Value, compile_conditions,
};
use std::fmt::Write;

/// Conditions of one entity, compiled to one SELECT: the row's id (and its seq in the history), then `c0`, `c1` ...
#[derive(Debug)]
pub(crate) struct Asked {
    compiled: Compiled,
    /// The SELECT as a derived table with its columns named, to be put behind FROM or JOIN.
    relation: String,
}

impl Asked {
    /// `alias` names the derived table; the binds are numbered from `first_bind`.
    ///
    /// # Errors
    /// `internal`: a condition of the stored model does not compile.
    pub(crate) fn compile(
        catalogue: &Catalogue,
        entity: EntityId,
        conditions: &[Condition<'_>],
        source: RowSource,
        (target, alias, first_bind): (&Target, &str, usize),
    ) -> Result<Self, Failure> {
        let compiled =
            compile_conditions(catalogue, entity, conditions, source, target, first_bind).map_err(|wrong| {
                let name = &catalogue.entity(entity).name;
                Failure::internal("stored model", format!("{} errors in the conditions of {name}", wrong.len()))
            })?;
        let mut relation = format!("({}) AS {alias}(\"id\"", compiled.sql);
        if source == RowSource::History {
            relation.push_str(", \"seq\"");
        }
        for index in 0..conditions.len() {
            let _ = write!(relation, ", \"c{index}\"");
        }
        relation.push(')');
        Ok(Asked { compiled, relation })
    }

    pub(crate) fn relation(&self) -> &str {
        &self.relation
    }

    /// How many binds the relation has.
    pub(crate) fn binds(&self) -> usize {
        self.compiled.binds.len()
    }

    /// # Errors
    /// `internal`: a condition needs a value that no condition can have.
    pub(crate) fn bind(&self, statement: Statement, environment: &Environment) -> Result<Statement, Failure> {
        self.bind_before(statement, environment, &[])
    }

    /// `before`: the rows as they were before the write, for rules that compare them.
    ///
    /// # Errors
    /// As for [`Asked::bind`].
    pub(crate) fn bind_before(
        &self,
        mut statement: Statement,
        environment: &Environment,
        before: &[&[Value]],
    ) -> Result<Statement, Failure> {
        let values = self
            .compiled
            .bind_before(environment, &Parameters::new(), before)
            .map_err(|error| Failure::internal("binds of a condition", error.message))?;
        for (bind, value) in self.compiled.binds.iter().zip(&values) {
            statement = bind_value(statement, bind.kind, value);
        }
        Ok(statement)
    }

    /// Tables of the tenant that decide with the row, with the columns that are read of them. The row's own table is
    /// among them when the conditions look at other rows of it.
    pub(crate) fn tables_beside(&self, own: &str, own_qualified: &str) -> Vec<(&str, &[String])> {
        let looks_at_others = self.compiled.sql.matches(own_qualified).count() > 1;
        let tables = self.compiled.reads.tables.iter().map(|(table, columns)| (table.as_str(), columns.as_slice()));
        tables.filter(|(table, _)| *table != own || looks_at_others).collect()
    }
}
