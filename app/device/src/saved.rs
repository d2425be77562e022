//! Queries that people keep: rows of `SavedQuery`, written through the one write path and synced like every other row.
//! Those of the kinds `view` and `set` can be named by other queries, as `View.Name(...)` and `Set.Name`.

use crate::names::nearest;
use crate::view::SavedQuery;
use crate::{Device, DeviceError, KeptQuery};
use migrations::saved::{SAVED_QUERIES, with_saved};
use query_lang::Catalogue;
use query_lang::functions::fold;
use std::collections::BTreeMap;
use std::sync::Arc;

const ENTITY: &str = "SavedQuery";

impl Device {
    /// One's own and those that others share, by name.
    pub fn saved_queries(&self) -> Result<Vec<SavedQuery>, DeviceError> {
        let rows = self.ask(SAVED_QUERIES, &[])?;
        let store = self.store();
        let saved = rows.into_iter().map(|mut cells| {
            let id = cells.id().unwrap_or_default();
            Ok(SavedQuery {
                id: id.hyphenated().to_string(),
                name: cells.text().unwrap_or_default(),
                kind: cells.text().unwrap_or_default(),
                text: cells.text().unwrap_or_default(),
                shared: cells.flag(),
                mine: cells.flag(),
                owner: cells.text().unwrap_or_default(),
                waiting: store.is_waiting(ENTITY, id)?,
            })
        });
        saved.collect()
    }

    /// The saved query that a person names, one's own before another's.
    pub fn saved_query(&self, name: &str) -> Result<SavedQuery, DeviceError> {
        let saved = self.saved_queries()?;
        if let Some(found) = saved.iter().find(|query| fold(&query.name) == fold(name)) {
            return Ok(found.clone());
        }
        let say = match nearest(name, saved.iter().map(|query| query.name.as_str())) {
            Some(near) => format!("there is no saved query `{name}`; did you mean `{near}`?"),
            None => format!("there is no saved query `{name}`: look at the names on the page Query"),
        };
        Err(DeviceError::unknown(say))
    }

    /// Keeps a query of the person's own, under a name that no other of theirs has.
    pub fn save_query(&self, query: &KeptQuery) -> Result<SavedQuery, DeviceError> {
        let saved = self.saved_queries()?;
        let name = query.name.trim();
        let same = |one: &&SavedQuery| one.mine && fold(&one.name) == fold(name) && Some(&one.id) != query.id.as_ref();
        if let Some(other) = saved.iter().find(same) {
            return Err(DeviceError::input(format!("you keep a query `{}` already: choose another name", other.name)));
        }
        if self.asks_signals(&query.text)? {
            let say = "what you ask of your signals stays on your computers, and a saved query is sent to the server: \
                this one was not saved; keep its text in a file (`daybook query --file`)";
            return Err(DeviceError::input(say));
        }
        let mut set = BTreeMap::from([
            ("Name".to_owned(), name.to_owned()),
            ("Kind".to_owned(), query.kind.clone()),
            ("Text".to_owned(), query.text.clone()),
            ("Shared".to_owned(), query.shared.to_string()),
        ]);
        match &query.id {
            Some(id) => set.insert("Id".to_owned(), id.clone()),
            None => set.insert("Owner".to_owned(), self.kept_account()?.user_id.to_string()),
        };
        let id = self.put(ENTITY, &set)?.id;
        let written = self.saved_queries()?.into_iter().find(|one| one.id == id);
        written.ok_or_else(|| DeviceError::unknown("the saved query is not here any more: save it as a new one"))
    }

    /// What the language knows for this text: the model's own views and sets and, where the text names any, those that
    /// people keep. Of two with one name the model's own is meant, then one's own.
    pub(crate) fn catalogue_for(&self, text: &str) -> Result<Arc<Catalogue>, DeviceError> {
        if query_lang::names_saved(text) { self.catalogue_with_saved() } else { Ok(self.store().catalogue()) }
    }

    pub(crate) fn catalogue_with_saved(&self) -> Result<Arc<Catalogue>, DeviceError> {
        let catalogue = self.store().catalogue();
        if !self.store().has_data()? {
            return Ok(catalogue);
        }
        let saved = self.saved_queries()?.into_iter().map(|query| (query.name, query.kind, query.text));
        Ok(Arc::new(with_saved(&catalogue, saved)))
    }
}
