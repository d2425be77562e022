use crate::access::Person;
use crate::clock::now_us;
use crate::failure::Failure;
use crate::http::Posted;
use crate::state::AppState;
use crate::storage::rows::first_weekday;
use crate::storage::select::{SelectError, plan, select, select_awaited};
use crate::storage::{ReadTransaction, read_transaction};
use axum::Json;
use axum::extract::State;
use jiff::tz::TimeZone;
use migrations::saved::{SAVED_SOURCES, with_saved};
use query_lang::diagnostic::{Code, Diagnostic, Span};
use query_lang::functions::fold;
use query_lang::limits::INLINE_DEPTH_MAX;
use query_lang::{Compiled, Environment, Parameters, Target, Type, Value, Written};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use sync_protocol::{ErrorCode, PlanAnswer, QueryAnswer, QueryColumn, QueryRequest, limits};

/// Views and sets that one text may name; one that names more has too many tables to be answered.
const SAVED_NAMES_MAX: usize = 100;

/// A query that compiles, with the values of its binds, in the snapshot that it will read.
struct Asked {
    transaction: ReadTransaction,
    compiled: Arc<Compiled>,
    values: Vec<Value>,
}

/// Answers a query of the person's own, over what they may read.
pub(super) async fn query(
    State(state): State<AppState>,
    person: Person,
    Posted(request): Posted<QueryRequest>,
) -> Result<Json<QueryAnswer<Written>>, Failure> {
    let running = state.running_queries.begin(person.placement.tenant, person.user)?;
    let Asked { transaction, compiled, values } = asked(&state, &person, &request).await?;
    let columns = columns(&compiled);
    let rows = select_awaited(transaction, compiled, values, running).await.map_err(failed)?;
    Ok(Json(QueryAnswer { columns, rows: rows.iter().map(|row| row.iter().map(Value::written).collect()).collect() }))
}

/// How the database would answer a query of the person's own; nothing is run.
pub(super) async fn explain(
    State(state): State<AppState>,
    person: Person,
    Posted(request): Posted<QueryRequest>,
) -> Result<Json<PlanAnswer>, Failure> {
    let _running = state.running_queries.begin(person.placement.tenant, person.user)?;
    let Asked { transaction, compiled, values } = asked(&state, &person, &request).await?;
    let lines = plan(transaction, &compiled, &values).await.map_err(failed)?;
    Ok(Json(PlanAnswer { lines }))
}

async fn asked(state: &AppState, person: &Person, request: &QueryRequest) -> Result<Asked, Failure> {
    let zone = TimeZone::get(&request.zone).map_err(|_| {
        Failure::bad_request("The query names a time zone that does not exist. Name one as Europe/Vienna.")
    })?;
    if request.text.len() > limits::QUERY_BYTES_MAX {
        return Err(Failure::too_large("The query is longer than 64 KiB. Shorten it."));
    }
    let mut transaction = read_transaction(&person.placement).await?;
    let version = transaction.head.model_version;
    let model = state.tenancy.model(&person.placement, version, transaction.connection()).await?;
    let target = Target::Postgres(person.placement.schema.clone());
    let first_weekday = first_weekday(transaction.connection(), &model).await?;
    let environment = Environment { user: person.user, now: now_us(), zone, first_weekday };
    let compile = |text: &str| state.query_plans.compile(text, &model.catalogue, &target);
    let compiled = if query_lang::names_saved(&request.text) {
        let sources =
            compile(SAVED_SOURCES).map_err(|wrong| Failure::internal("saved queries", format!("{wrong:?}")))?;
        let saved = saved(&mut transaction, &sources, &environment, &request.text).await?;
        let catalogue = with_saved(&model.catalogue, saved.into_iter());
        Arc::new(query_lang::compile(&request.text, &catalogue, &target).map_err(refused)?)
    } else {
        compile(&request.text).map_err(refused)?
    };
    let parameters = parameters(&compiled, &request.parameters, &environment.zone)?;
    let values = compiled.bind(&environment, &parameters).map_err(|diagnostic| refused(vec![diagnostic]))?;
    Ok(Asked { transaction, compiled, values })
}

/// Name, kind and text of what the text names, and of what is named there in turn; nothing else that people keep is read.
async fn saved(
    transaction: &mut ReadTransaction,
    sources: &Compiled,
    environment: &Environment,
    text: &str,
) -> Result<Vec<(String, String, String)>, Failure> {
    let (mut found, mut known, mut texts) = (Vec::new(), BTreeSet::new(), vec![text.to_owned()]);
    for _ in 0..INLINE_DEPTH_MAX {
        let named = texts.iter().flat_map(|text| query_lang::saved_names(text)).map(fold);
        let names: Vec<String> = named.filter(|name| known.insert(name.clone())).take(SAVED_NAMES_MAX).collect();
        if names.is_empty() {
            break;
        }
        let names = serde_json::to_string(&names).map_err(|error| Failure::internal("saved queries", error))?;
        let parameters = Parameters::from([("names".to_owned(), Value::Text(names))]);
        let values = sources.bind(environment, &parameters).map_err(|wrong| refused(vec![wrong]))?;
        let rows = select(transaction, sources, &values).await.map_err(failed)?;
        texts.clear();
        for row in rows {
            if let [Value::Text(name), Value::Text(kind), Value::Text(text)] = &row[..] {
                texts.push(text.clone());
                found.push((name.clone(), kind.clone(), text.clone()));
            }
        }
    }
    Ok(found)
}

fn failed(error: SelectError) -> Failure {
    match error {
        SelectError::TooMuch => refused(vec![Diagnostic::error(Code::Limit, Span::default(), error.to_string())]),
        SelectError::Failed(failure) => failure,
    }
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
