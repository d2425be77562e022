//! Rows by the names that people use: code, customer's code dot code, name, id. A name that is not found is answered
//! with the nearest one.

use crate::ask::Cells;
use crate::{Device, DeviceError};
use query_lang::Value;
use query_lang::functions::fold;
use store::Field;
use uuid::Uuid;

/// Properties that name a row, the best first.
const NAMING: [&str; 6] = ["Code", "Username", "Number", "Key", "Name", "Title"];
/// Below this a name is not near enough to be meant.
const NEAR: f64 = 0.75;

/// A row that a name can mean.
pub(crate) struct Candidate {
    pub(crate) id: Uuid,
    /// Every name that it answers to.
    pub(crate) names: Vec<String>,
}

impl Device {
    /// The row of `entity` that the text names; `within` narrows the choice, by a relation and its row.
    pub(crate) fn find(
        &self,
        entity: &str,
        text: &str,
        within: Option<(&str, Option<Uuid>)>,
    ) -> Result<Uuid, DeviceError> {
        let text = text.trim();
        if let Ok(id) = Uuid::try_parse(text) {
            let there = self.store().record(entity, id)?.is_some();
            return if there { Ok(id) } else { Err(unknown(entity, text, &[])) };
        }
        choose(entity, text, &self.candidates(entity, within)?)
    }

    fn candidates(&self, entity: &str, within: Option<(&str, Option<Uuid>)>) -> Result<Vec<Candidate>, DeviceError> {
        let fields = self.store().fields(entity)?;
        let naming = naming(&fields);
        if naming.is_empty() {
            return Err(DeviceError::input(format!("a {entity} has no name of its own: give its id")));
        }
        let mut columns: Vec<String> = naming.iter().map(|name| format!("{name} = R.{name}")).collect();
        if entity.eq_ignore_ascii_case("Project") {
            columns.push("FullName = R.FullName".to_owned());
        }
        let narrowed = within
            .map_or_else(String::new, |(relation, _)| format!(" Where R.{relation} = @within Or R.{relation} = Null"));
        let declared = within.map_or("", |(_, _)| "Parameters @within As Guid? ");
        let text = format!("{declared}From R In {entity}{narrowed} Select New {{ Id = R.Id, {} }}", columns.join(", "));
        let row = within.and_then(|(_, row)| row).map_or(Value::Null, Value::Guid);
        let parameters: &[(&str, Value)] = if within.is_some() { &[("within", row)] } else { &[] };
        let found = self.ask(&text, parameters)?;
        Ok(found.into_iter().filter_map(|cells| candidate(cells, columns.len())).collect())
    }
}

/// The properties of an entity that name its rows, the best first.
pub(crate) fn naming(fields: &[Field]) -> Vec<&'static str> {
    let has = |name: &&str| fields.iter().any(|field| field.property == **name && field.kind == query_lang::Type::Text);
    NAMING.into_iter().filter(|name| has(name)).collect()
}

fn candidate(mut cells: Cells, names: usize) -> Option<Candidate> {
    let id = cells.id()?;
    Some(Candidate { id, names: (0..names).filter_map(|_| cells.text()).collect() })
}

fn choose(entity: &str, text: &str, candidates: &[Candidate]) -> Result<Uuid, DeviceError> {
    let wanted = fold(text);
    let most = candidates.iter().map(|candidate| candidate.names.len()).max().unwrap_or(0);
    for rank in 0..most {
        let meant: Vec<Uuid> = candidates
            .iter()
            .filter(|candidate| candidate.names.get(rank).is_some_and(|name| fold(name) == wanted))
            .map(|candidate| candidate.id)
            .collect();
        match meant.as_slice() {
            [] => {}
            [id] => return Ok(*id),
            several => {
                let count = several.len();
                let say = format!("{count} {entity} rows are called `{text}`: give the id of the one you mean");
                return Err(DeviceError::input(say));
            }
        }
    }
    Err(unknown(entity, text, candidates))
}

fn unknown(entity: &str, text: &str, candidates: &[Candidate]) -> DeviceError {
    let names = candidates.iter().flat_map(|candidate| candidate.names.iter().map(String::as_str));
    match nearest(text, names) {
        Some(near) => DeviceError::unknown(format!("there is no {entity} `{text}`; did you mean `{near}`?")),
        None => DeviceError::unknown(format!("there is no {entity} `{text}`: look at the list, or sync first")),
    }
}

/// The name that is most like the text, if one is like it at all; the first of several that are equally like it.
pub(crate) fn nearest<'a>(text: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = fold(text);
    let scored = names.map(|name| (strsim::jaro_winkler(&wanted, &fold(name)), name));
    let near = scored.filter(|(score, _)| *score >= NEAR);
    near.reduce(|best, next| if next.0 > best.0 { next } else { best }).map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidates() -> Vec<Candidate> {
        let candidate = |id, names: &[&str]| Candidate {
            id: Uuid::from_u128(id),
            names: names.iter().map(|name| (*name).to_owned()).collect(),
        };
        vec![
            candidate(1, &["WEB", "Web site", "ACME.WEB"]),
            candidate(2, &["APP", "Web", "ACME.APP"]),
            candidate(3, &["APP", "Other app", "BETA.APP"]),
        ]
    }

    #[test]
    fn a_code_wins_over_a_name_and_case_does_not_matter() {
        assert_eq!(choose("Project", "web", &candidates()), Ok(Uuid::from_u128(1)));
        assert_eq!(choose("Project", "beta.app", &candidates()), Ok(Uuid::from_u128(3)));
    }

    #[test]
    fn a_code_that_two_rows_have_is_not_guessed() {
        assert!(choose("Project", "APP", &candidates()).unwrap_err().message.contains("2 Project rows"));
    }

    #[test]
    fn a_name_that_is_not_there_is_answered_with_the_nearest() {
        let error = choose("Project", "Web sit", &candidates()).unwrap_err();
        assert_eq!(error.message, "there is no Project `Web sit`; did you mean `Web site`?");
        assert!(choose("Project", "zzz", &candidates()).unwrap_err().message.contains("look at the list"));
    }
}
