//! What the editor of queries asks while somebody types.

use crate::view::{AskedParameter, QueryCheck, Suggestion};
use crate::{Device, DeviceError, Problem};
use query_lang::{Target, editor};

impl Device {
    /// What is wrong with a query on this device, and the parameters that it takes.
    pub fn check_query(&self, text: &str) -> Result<QueryCheck, DeviceError> {
        let catalogue = self.store().catalogue();
        if text.trim().is_empty() {
            return Ok(QueryCheck::default());
        }
        Ok(match query_lang::compile(text, &catalogue, &Target::Sqlite) {
            Ok(compiled) => {
                let parameters = compiled.parameters.iter().map(|parameter| AskedParameter {
                    name: parameter.name.clone(),
                    kind: crate::question::type_name(parameter.kind).to_owned(),
                    required: !parameter.nullable && !parameter.has_default,
                });
                QueryCheck {
                    problems: compiled.warnings.iter().map(Problem::of).collect(),
                    parameters: Some(parameters.collect()),
                }
            }
            Err(problems) => QueryCheck { problems: problems.iter().map(Problem::of).collect(), parameters: None },
        })
    }

    /// What could stand at a byte of a query, the best first.
    pub fn complete_query(&self, text: &str, position: usize) -> Result<Vec<Suggestion>, DeviceError> {
        let found = editor::complete(text, position, &self.store().catalogue());
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
        editor::format(text, &self.store().catalogue()).map_err(|problems| DeviceError::query(&problems))
    }
}
