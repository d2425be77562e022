//! What the editor of queries asks while somebody types.

use crate::question::type_name;
use crate::view::{AskedParameter, Meaning, QueryCheck, Suggestion, Word};
use crate::{Device, DeviceError, Problem};
use query_lang::{Catalogue, Parameter, Target, TenantSchema, Type, editor};

impl Device {
    /// What is wrong with a query on this device, or on the server, and the parameters that it takes.
    pub fn check_query(&self, text: &str, on_server: bool) -> Result<QueryCheck, DeviceError> {
        let catalogue = self.catalogue_for(text)?;
        if text.trim().is_empty() {
            return Ok(QueryCheck::default());
        }
        Ok(match query_lang::compile(text, &catalogue, &target(on_server)) {
            Ok(compiled) => QueryCheck {
                problems: compiled.warnings.iter().map(Problem::of).collect(),
                parameters: Some(compiled.parameters.iter().map(|one| asked(one, &catalogue)).collect()),
            },
            Err(problems) => QueryCheck { problems: problems.iter().map(Problem::of).collect(), parameters: None },
        })
    }

    /// What could stand at a byte of a query, the best first.
    pub fn complete_query(&self, text: &str, position: usize) -> Result<Vec<Suggestion>, DeviceError> {
        let found = editor::complete(text, position, &*self.catalogue_with_saved()?);
        let shown = found.into_iter().map(|completion| Suggestion {
            label: completion.label,
            detail: completion.detail,
            begin: completion.replace.start as usize,
            end: completion.replace.end as usize,
        });
        Ok(shown.collect())
    }

    /// The same query as it is written today.
    pub fn format_query(&self, text: &str) -> Result<String, DeviceError> {
        editor::format(text, &*self.catalogue_for(text)?).map_err(|problems| DeviceError::query(&problems))
    }

    /// What the word at a byte of a query means.
    pub fn explain_word(&self, text: &str, position: usize) -> Result<Option<Meaning>, DeviceError> {
        let found = editor::hover(text, position, &*self.catalogue_for(text)?);
        Ok(found.map(|hover| Meaning {
            begin: hover.span.start as usize,
            end: hover.span.end as usize,
            text: hover.text,
        }))
    }

    /// The words of any text, also of a broken query, for their colours.
    pub fn query_words(&self, text: &str) -> Vec<Word> {
        let word = |token: query_lang::Token| Word {
            begin: token.span.start as usize,
            end: token.span.end as usize,
            kind: token.kind,
        };
        query_lang::tokens(text).into_iter().map(word).collect()
    }
}

/// A check needs no real schema: nothing is run.
fn target(on_server: bool) -> Target {
    match TenantSchema::new("t_checked").filter(|_| on_server) {
        Some(schema) => Target::Postgres(schema),
        None => Target::Sqlite,
    }
}

fn asked(parameter: &Parameter, catalogue: &Catalogue) -> AskedParameter {
    AskedParameter {
        name: parameter.name.clone(),
        kind: type_name(parameter.kind).to_owned(),
        entity: match parameter.kind {
            Type::Ref(entity) => Some(catalogue.entity(entity).name.clone()),
            _ => None,
        },
        list: parameter.list,
        required: !parameter.nullable && !parameter.has_default,
    }
}
