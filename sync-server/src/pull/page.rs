//! One page, put together from keys in order: never more rows or bytes than a page may have.

use query_lang::Value;
use std::collections::{BTreeMap, HashMap};
use sync_protocol::{Cell, Gone, PagePosition, Row, TablePage, limits};
use uuid::Uuid;

/// What the keys of a page point to, by entity name.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Found {
    pub(crate) position: PagePosition,
    /// None: the row is gone.
    pub(crate) row: Option<Row>,
}

#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Page {
    pub(crate) rows: BTreeMap<String, Vec<Row>>,
    pub(crate) gone: BTreeMap<String, Vec<Uuid>>,
    /// Some: there is more, after this position.
    pub(crate) next: Option<PagePosition>,
    bytes: usize,
}

impl Page {
    /// Rows that were asked for by name; they come on top.
    pub(crate) fn add(&mut self, entity: &str, row: Row) {
        self.bytes += bytes_of(&row);
        self.rows.entry(entity.to_owned()).or_default().push(row);
    }

    /// Takes found rows in order until the page is full; `more`: the keys did not reach the end.
    pub(crate) fn fill(&mut self, found: Vec<Found>, more: bool) {
        let mut last = None;
        for Found { position, row } in found {
            let bytes = row.as_ref().map_or(GONE_BYTES, bytes_of);
            if last.is_some() && self.bytes + bytes > limits::PAGE_BYTES_MAX {
                self.next = last;
                return;
            }
            self.bytes += bytes;
            match row {
                Some(row) => self.rows.entry(position.entity.clone()).or_default().push(row),
                None => self.gone.entry(position.entity.clone()).or_default().push(position.id),
            }
            last = Some(position);
        }
        if more {
            self.next = last;
        }
    }

    pub(crate) fn tables(&mut self, columns: &HashMap<String, Vec<String>>) -> Vec<TablePage> {
        let rows = std::mem::take(&mut self.rows);
        let table = |(entity, rows): (String, Vec<Row>)| {
            let columns = columns.get(&entity).cloned().unwrap_or_default();
            TablePage { entity, columns, rows }
        };
        rows.into_iter().map(table).collect()
    }

    pub(crate) fn gone(&mut self) -> Vec<Gone> {
        std::mem::take(&mut self.gone).into_iter().map(|(entity, ids)| Gone { entity, ids }).collect()
    }
}

/// An id as JSON.
const GONE_BYTES: usize = 39;

/// About what a row is as JSON.
fn bytes_of(row: &Row) -> usize {
    let cell = |cell: &Cell| match cell {
        Cell::Null | Cell::Bool(_) => 5,
        Cell::Int(_) => 20,
        Cell::Text(text) => text.len() + 3,
    };
    80 + row.values.iter().map(cell).sum::<usize>()
}

/// A value as the wire carries it.
pub(crate) fn cell(value: Value) -> Cell {
    match value {
        Value::Null => Cell::Null,
        Value::Bool(value) => Cell::Bool(value),
        Value::Text(text) => Cell::Text(text),
        Value::Guid(id) => Cell::Text(id.to_string()),
        Value::Date(days) => Cell::Int(i64::from(days)),
        Value::Int(n) | Value::Decimal(n) | Value::Time(n) | Value::DateTime(n) | Value::Duration(n) => Cell::Int(n),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(seq: u64, text: &str) -> Found {
        let id = Uuid::from_u128(u128::from(seq));
        let position = PagePosition { seq, entity: "Task".to_owned(), id };
        Found { position, row: Some(Row { id, seq, values: vec![Cell::Text(text.to_owned())] }) }
    }

    fn filled(found: Vec<Found>, more: bool) -> Page {
        let mut page = Page::default();
        page.fill(found, more);
        page
    }

    #[test]
    fn a_page_that_holds_everything_is_the_last() {
        let page = filled(vec![found(1, "a"), found(2, "b")], false);
        assert_eq!(page.next, None);
        assert_eq!(page.rows["Task"].len(), 2);
    }

    #[test]
    fn the_next_page_begins_after_the_last_row_of_this_one() {
        let page = filled(vec![found(1, "a"), found(2, "b")], true);
        assert_eq!(page.next, Some(found(2, "b").position));
    }

    #[test]
    fn a_page_is_cut_before_it_is_too_large() {
        let large = "x".repeat(limits::PAGE_BYTES_MAX / 2);
        let page = filled(vec![found(1, &large), found(2, &large), found(3, "c")], false);
        assert_eq!(page.next, Some(found(1, &large).position));
        assert_eq!(page.rows["Task"].len(), 1);
    }

    #[test]
    fn a_row_that_is_larger_than_a_page_travels_alone() {
        let page = filled(vec![found(1, &"x".repeat(limits::PAGE_BYTES_MAX)), found(2, "b")], false);
        assert_eq!(page.rows["Task"].len(), 1);
        assert_eq!(page.next.unwrap().seq, 1);
    }

    #[test]
    fn a_row_that_left_is_named_by_its_id_alone() {
        let mut left = found(4, "secret");
        left.row = None;
        let mut page = filled(vec![left], false);
        assert_eq!(page.gone(), [Gone { entity: "Task".to_owned(), ids: vec![Uuid::from_u128(4)] }]);
        assert!(page.rows.is_empty());
    }
}
