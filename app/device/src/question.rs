//! A person's query, on this device or on the server.

use crate::view::{QueryColumn, QueryResult};
use crate::{Device, DeviceError, ErrorCode, Question};
use query_lang::{Catalogue, Compiled, Diagnostic, Parameters, Target, Type, Value, Written};
use std::collections::BTreeMap;
use std::sync::Arc;
use store::{Cancel, Limits, Reader};
use sync::Client;
use sync_protocol::QueryRequest;
use uuid::Uuid;

impl Device {
    /// Answers from this device, signals included.
    pub fn query(&self, question: &Question) -> Result<QueryResult, DeviceError> {
        self.query_until(question, &Cancel::default())
    }

    /// As [`Device::query`]; `cancel` ends it from another thread.
    pub fn query_until(&self, question: &Question, cancel: &Cancel) -> Result<QueryResult, DeviceError> {
        let environment = self.environment()?;
        let (reader, compiled) = self.compiled(question)?;
        let question =
            &Question { parameters: self.with_ids(&compiled, &reader.catalogue, question)?, ..question.clone() };
        let parameters = self.parameters(&compiled, question)?;
        let one = |problem: Diagnostic| DeviceError::query(&[problem]);
        let binds = compiled.bind(&environment, &parameters).map_err(one)?;
        let signals = match compiled.signals(&environment, &parameters).map_err(one)? {
            Some(range) => self.signal_tables(&reader.catalogue, range)?,
            None => Vec::new(),
        };
        let rows = reader.select(&compiled, &binds, &signals, Limits::default(), cancel)?;
        let columns = compiled
            .columns
            .iter()
            .map(|column| QueryColumn { name: column.name.clone(), kind: type_name(column.kind).to_owned() });
        let rows = rows.iter().map(|row| row.iter().map(json).collect());
        Ok(QueryResult { columns: columns.collect(), rows: rows.collect() })
    }

    /// The SQL that [`Device::query`] would run.
    pub fn query_sql(&self, question: &Question) -> Result<String, DeviceError> {
        Ok(self.compiled(question)?.1.sql.clone())
    }

    pub async fn query_on_server(&self, question: &Question) -> Result<QueryResult, DeviceError> {
        let (client, request) = self.for_server(question)?;
        let answer = client.query(&request).await?;
        let columns = answer.columns.into_iter().map(|column| QueryColumn { name: column.name, kind: column.kind });
        Ok(QueryResult { columns: columns.collect(), rows: answer.rows })
    }

    /// A question as the server takes it.
    pub(crate) fn for_server(&self, question: &Question) -> Result<(Client, QueryRequest), DeviceError> {
        self.stays_here(&question.text)?;
        // The server knows no names of rows; what does not compile here is refused there too, with its places.
        let parameters = match self.compiled(question) {
            Ok((reader, compiled)) => self.with_ids(&compiled, &reader.catalogue, question)?,
            Err(_) => question.parameters.clone(),
        };
        let request = QueryRequest {
            text: question.text.clone(),
            parameters,
            zone: self.outside.zone.iana_name().unwrap_or("UTC").to_owned(),
        };
        Ok((self.client()?, request))
    }

    /// What a person asks of their signals tells of them: a text that names them, right or wrong, is not sent.
    fn stays_here(&self, text: &str) -> Result<(), DeviceError> {
        if !self.asks_signals(text)? {
            return Ok(());
        }
        let say = "signals are private to your computers, so this question was not sent: ask it on this computer";
        Err(DeviceError::new(ErrorCode::QueryRefused, say))
    }

    pub(crate) fn asks_signals(&self, text: &str) -> Result<bool, DeviceError> {
        let catalogue = self.catalogue_for(text)?;
        Ok(match query_lang::compile(text, &catalogue, &Target::Sqlite) {
            Ok(compiled) => !compiled.reads.signals.is_empty(),
            Err(_) => names_signals(text),
        })
    }

    pub(crate) fn compiled(&self, question: &Question) -> Result<(Reader, Arc<Compiled>), DeviceError> {
        let reader = self.reader()?;
        // A catalogue with saved queries is made for one question, so nothing that is compiled with it is kept.
        let compiled = match query_lang::names_saved(&question.text) {
            true => query_lang::compile(&question.text, &*self.catalogue_with_saved()?, &Target::Sqlite).map(Arc::new),
            false => self.plans.compile(&question.text, &reader.catalogue, &Target::Sqlite),
        };
        let compiled = compiled.map_err(|problems| DeviceError::query(&problems))?;
        Ok((reader, compiled))
    }

    /// A row may be given by the name that people use for it: a code, a user name.
    fn with_ids(
        &self,
        compiled: &Compiled,
        catalogue: &Catalogue,
        question: &Question,
    ) -> Result<BTreeMap<String, String>, DeviceError> {
        let mut given = question.parameters.clone();
        for (name, text) in &mut given {
            let bare = name.trim_start_matches('@');
            let declared = compiled.parameters.iter().find(|parameter| parameter.name.eq_ignore_ascii_case(bare));
            let Some(Type::Ref(entity)) = declared.filter(|declared| !declared.list).map(|declared| declared.kind)
            else {
                continue;
            };
            if !text.is_empty() && Uuid::try_parse(text).is_err() {
                *text = self.find(&catalogue.entity(entity).name, text, None)?.to_string();
            }
        }
        Ok(given)
    }

    /// Texts by the declared types; empty text is null where that may be.
    fn parameters(&self, compiled: &Compiled, question: &Question) -> Result<Parameters, DeviceError> {
        let mut parameters = Parameters::new();
        for (name, text) in &question.parameters {
            let bare = name.trim_start_matches('@');
            let declared = compiled.parameters.iter().find(|parameter| parameter.name.eq_ignore_ascii_case(bare));
            let declared = declared.ok_or_else(|| {
                DeviceError::input(format!("the query has no parameter @{bare}: check the name, or leave it out"))
            })?;
            let value = match declared.read(text, &self.outside.zone) {
                Some(value) => value,
                None => {
                    let kind = type_name(declared.kind);
                    return Err(DeviceError::input(format!("`{text}` is no {kind}: @{bare} takes one")));
                }
            };
            parameters.insert(declared.name.to_lowercase(), value);
        }
        Ok(parameters)
    }
}

/// Also in a text or a comment: too careful rather than too late.
fn names_signals(text: &str) -> bool {
    let text = text.to_lowercase();
    let mut rest = text.as_str();
    while let Some((_, after)) = rest.split_once("signal") {
        if after.trim_start_matches(['"', ']', '`']).trim_start().starts_with('.') {
            return true;
        }
        rest = after;
    }
    false
}

pub(crate) fn json(value: &Value) -> serde_json::Value {
    match value.written() {
        Written::Null => serde_json::Value::Null,
        Written::Bool(value) => value.into(),
        Written::Int(value) => value.into(),
        Written::Text(text) => text.into(),
    }
}

/// The language's names of its types; a row is known by its id.
pub(crate) fn type_name(kind: Type) -> &'static str {
    match kind {
        Type::Bool => "Bool",
        Type::Int => "Int",
        Type::Decimal => "Decimal",
        Type::Text => "Text",
        Type::Date => "Date",
        Type::Time => "Time",
        Type::DateTime => "DateTime",
        Type::Duration => "Duration",
        Type::Guid | Type::Ref(_) => "Guid",
    }
}
