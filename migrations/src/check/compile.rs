use super::Problem;
use crate::model::{Model, NamedFunction, Source};
use query_lang::catalogue::Entity;
use query_lang::{Catalogue, Condition, Diagnostic, EntityId, RowSource, Target, compile, compile_conditions};

/// Every permission, rule, calculated property and display text compiles, and so do the model's own views and sets.
pub(super) fn every_text_compiles(model: &Model) -> Vec<Problem> {
    let catalogue = match crate::catalogue(model) {
        Ok(catalogue) => catalogue,
        Err(problems) => return problems,
    };
    let mut problems = Vec::new();
    for (id, entity) in catalogue.entities() {
        let tenant = model.entity(&entity.name).is_some_and(|entity| entity.source == Source::Tenant);
        if tenant {
            conditions(&catalogue, id, entity, &mut problems);
        }
        values(&catalogue, entity, &mut problems);
    }
    for function in &model.functions {
        let compiled = compile(&call(function), &catalogue, &Target::Sqlite);
        report(compiled, function.name.clone(), &mut problems);
    }
    for (kind, queries) in [("Set", &model.sets), ("View", &model.views)] {
        for query in queries {
            report(compile(&query.text, &catalogue, &Target::Sqlite), format!("{kind}.{}", query.name), &mut problems);
        }
    }
    problems
}

fn conditions(catalogue: &Catalogue, id: EntityId, entity: &Entity, problems: &mut Vec<Problem>) {
    let permissions = [
        ("read permission", Condition::Read),
        ("insert permission", Condition::Insert),
        ("update permission", Condition::Update),
        ("delete permission", Condition::Delete),
    ];
    let permissions = permissions.map(|(name, condition)| (name.to_owned(), condition)).into_iter();
    let rules = entity.rules.iter().map(|rule| (format!("rule {}", rule.code), Condition::Rule(&rule.code)));
    let hidden = entity.properties.iter().filter(|property| property.read.is_some());
    let hidden = hidden
        .map(|property| (format!("read permission of {}", property.name), Condition::ReadProperty(&property.name)));
    for (name, condition) in permissions.chain(rules).chain(hidden) {
        let compiled = compile_conditions(catalogue, id, &[condition], RowSource::Current, &Target::Sqlite, 1);
        report(compiled, format!("{}, {name}", entity.name), problems);
    }
}

/// A calculation compiles where it is asked, so it is asked; a signal only within days.
fn values(catalogue: &Catalogue, entity: &Entity, problems: &mut Vec<Problem>) {
    let days = match entity.source {
        query_lang::catalogue::Source::Signal => " Where X.Date = #2026-01-31#",
        query_lang::catalogue::Source::Tenant => "",
    };
    let name: Vec<String> = entity.name.split('.').map(|part| format!("`{part}`")).collect();
    let from = format!("From X In {}{days}", name.join("."));
    for property in &entity.properties {
        let text = format!("{from} Select {{ Value = X.`{}` }}", property.name);
        report(compile(&text, catalogue, &Target::Sqlite), format!("{}.{}", entity.name, property.name), problems);
    }
    let text = format!("{from} Select {{ Value = DisplayValue(X) }}");
    report(compile(&text, catalogue, &Target::Sqlite), format!("{}, display text", entity.name), problems);
}

/// A query that calls the function with parameters of its types.
fn call(function: &NamedFunction) -> String {
    let declared = |(index, (_, kind)): (usize, &(String, String))| format!("@p{index} As {kind}");
    let parameters: Vec<String> = function.parameters.iter().enumerate().map(declared).collect();
    let arguments: Vec<String> = (0..parameters.len()).map(|index| format!("@p{index}")).collect();
    let declarations = if parameters.is_empty() { "" } else { "Parameters " };
    format!(
        "{declarations}{} From X In User Select {{ Value = {}({}) }}",
        parameters.join(", "),
        function.name,
        arguments.join(", ")
    )
}

fn report<T>(compiled: Result<T, Vec<Diagnostic>>, place: String, problems: &mut Vec<Problem>) {
    for diagnostic in compiled.err().into_iter().flatten() {
        problems.push(Problem::new(&place, diagnostic.message));
    }
}
