//! Queries that people keep, as the language sees them: those of the kinds `view` and `set` stand behind the model's own and
//! are named like them, by a person's query alone.

use query_lang::Catalogue;
use query_lang::catalogue::NamedQuery;

/// One's own and those that others share, by name; of one name one's own first. Columns: Id, Name, Kind, Text, Shared, Mine,
/// Owner (the user's name).
pub const SAVED_QUERIES: &str = "From Q In SavedQuery Where Q.Owner = CurrentUser Or Q.Shared \
    Order By Fold(Q.Name), Q.Owner = CurrentUser Desc, Q.Id \
    Select { Q.Id, Q.Name, Q.Kind, Q.Text, Q.Shared, Mine = Q.Owner = CurrentUser, Owner = Q.Owner.Username }";

/// Those of the kinds `view` and `set` whose folded names are in `@names`, in the same order. Columns: Name, Kind, Text.
pub const SAVED_SOURCES: &str = "Parameters @names As Text[] From Q In SavedQuery \
    Where (Q.Owner = CurrentUser Or Q.Shared) And (Q.Kind = 'view' Or Q.Kind = 'set') And Fold(Q.Name) In @names \
    Order By Fold(Q.Name), Q.Owner = CurrentUser Desc, Q.Id Select { Q.Name, Q.Kind, Q.Text }";

/// The same catalogue with saved queries (name, kind and text). Of two with one name the first is meant, so the model's own
/// cannot be covered.
pub fn with_saved(catalogue: &Catalogue, saved: impl Iterator<Item = (String, String, String)>) -> Catalogue {
    let mut wider = catalogue.clone();
    for (name, kind, text) in saved {
        match kind.as_str() {
            "view" => wider.views.push(NamedQuery { name, text, saved: true }),
            "set" => wider.sets.push(NamedQuery { name, text, saved: true }),
            _ => {}
        }
    }
    wider
}
