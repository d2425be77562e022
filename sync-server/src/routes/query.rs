use crate::access::Person;
use crate::clock::now_us;
use crate::failure::Failure;
use crate::http::Posted;
use crate::state::AppState;
use crate::storage::read_transaction;
use crate::storage::select::{SelectError, select};
use axum::Json;
use axum::extract::State;
use jiff::tz::TimeZone;
use query_lang::diagnostic::{Code, Diagnostic, Span};
use query_lang::{Compiled, Environment, Parameters, Target, Type, Value, Written};
use std::collections::BTreeMap;
use sync_protocol::{ErrorCode, QueryAnswer, QueryColumn, QueryRequest, limits};

/// Answers a query of the person's own, over what they may read.
pub(super) async fn query(
    State(state): State<AppState>,
    person: Person,
    Posted(request): Posted<QueryRequest>,
) -> Result<Json<QueryAnswer<Written>>, Failure> {
    let zone = TimeZone::get(&request.zone).map_err(|_| {
        Failure::bad_request("The query names a time zone that does not exist. Name one as Europe/Vienna.")
    })?;
    if request.text.len() > limits::QUERY_BYTES_MAX {
        return Err(Failure::too_large("The query is longer than 64 KiB. Shorten it."));
    }
    let _running = state.running_queries.begin(person.placement.tenant, person.user)?;
    let mut transaction = read_transaction(&person.placement).await?;
    let version = transaction.head.model_version;
    let model = state.tenancy.model(&person.placement, version, transaction.connection()).await?;
    let target = Target::Postgres(person.placement.schema.clone());
    let compiled =
        state.query_plans.compiled(person.placement.tenant, &model, &target, &request.text).map_err(refused)?;
    let environment = Environment { user: person.user, now: now_us(), zone };
    let parameters = parameters(&compiled, &request.parameters, &environment.zone)?;
    let values = compiled.bind(&environment, &parameters).map_err(|diagnostic| refused(vec![diagnostic]))?;
    let rows = select(&mut transaction, &compiled, &values).await.map_err(|error| match error {
        SelectError::TooMuch => refused(vec![Diagnostic::error(Code::Limit, Span::default(), error.to_string())]),
        SelectError::Failed(failure) => failure,
    })?;
    Ok(Json(QueryAnswer {
        columns: columns(&compiled),
        rows: rows.iter().map(|row| row.iter().map(Value::written).collect()).collect(),
    }))
}

fn columns(compiled: &Compiled) -> Vec<QueryColumn> {
    let column = |name: &String, kind| QueryColumn { name: name.clone(), kind: spoken(kind) };
    compiled.columns.iter().map(|one| column(&one.name, one.kind)).collect()
}

/// The language's names of its types; a row is known by its id.
fn spoken(kind: Type) -> String {
    if let Type::Ref(_) = kind { "Guid".to_owned() } else { format!("{kind:?}") }
}

/// The values that came as text, by the types that the query gives its parameters.
fn parameters(compiled: &Compiled, texts: &BTreeMap<String, String>, zone: &TimeZone) -> Result<Parameters, Failure> {
    let mut values = Parameters::new();
    for (name, text) in texts {
        let name = name.trim_start_matches('@').to_lowercase();
        let known = compiled.parameters.iter().find(|parameter| parameter.name.to_lowercase() == name);
        let wrong = |message: String| refused(vec![Diagnostic::error(Code::Parameter, Span::default(), message)]);
        let parameter = known.ok_or_else(|| wrong(format!("The query has no parameter @{name}. Leave it out.")))?;
        let value = parameter.read(text, zone).ok_or_else(|| {
            wrong(format!("The value of @{name} is no {}. Write it as the language does.", spoken(parameter.kind)))
        })?;
        values.insert(name, value);
    }
    Ok(values)
}

/// A query that cannot be run, with all that is wrong with it, at its places.
fn refused(diagnostics: Vec<Diagnostic>) -> Failure {
    let message =
        diagnostics.first().map_or_else(|| "The query cannot be run.".to_owned(), |first| first.message.clone());
    match serde_json::to_string(&diagnostics) {
        Ok(json) => Failure::new(ErrorCode::QueryRefused, message).with_param("diagnostics", json),
        Err(error) => Failure::internal("diagnostics", error),
    }
}
