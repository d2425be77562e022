use super::Problem;
use super::words::words;
use crate::model::{Entity, Model, Source};

/// Nothing in the model can make a device carry a signal into a row, or show it where others look: a person's own
/// queries and the rules of their sealed directory are the only places that name signals.
pub(super) fn no_text_names_a_signal(model: &Model) -> Vec<Problem> {
    let signals: Vec<&Entity> = model.entities.iter().filter(|entity| entity.source == Source::Signal).collect();
    let aliases = signals.iter().flat_map(|entity| entity.aliases.iter().map(|alias| alias.name.as_str()));
    let names: Vec<&str> = std::iter::once("Signal").chain(aliases).collect();
    let sentence = "It names signals, which belong to the person alone: take them out.";
    let mut problems: Vec<Problem> = texts(model)
        .into_iter()
        .filter(|(_, text)| words(text).iter().any(|word| word.is_root() && names.iter().any(|name| word.is(name))))
        .map(|(place, _)| Problem::new(place, sentence))
        .collect();
    for entity in signals {
        let permissions = &entity.permissions;
        if [&permissions.insert, &permissions.update, &permissions.delete].iter().any(|texts| !texts.is_empty()) {
            problems.push(Problem::new(&entity.name, "A company gives no rights over signals: take them out."));
        }
        if !entity.rules.is_empty() {
            problems.push(Problem::new(&entity.name, "A company has no rules over signals: take them out."));
        }
    }
    problems
}

/// Every text of the model in the language, with its place.
fn texts(model: &Model) -> Vec<(String, &str)> {
    let mut texts: Vec<(String, &str)> = Vec::new();
    for entity in &model.entities {
        let name = &entity.name;
        texts.push((format!("{name}, display text"), &entity.display));
        for (alias, condition) in
            entity.aliases.iter().filter_map(|alias| Some((&alias.name, alias.condition.as_deref()?)))
        {
            texts.push((format!("{name}, alias {alias}"), condition));
        }
        for property in &entity.properties {
            let calculated = property.calculated().map(|calculated| calculated.expression.as_str());
            for text in property.read.as_deref().into_iter().chain(calculated) {
                texts.push((format!("{name}.{}", property.name), text));
            }
        }
        for rule in &entity.rules {
            texts.push((format!("{name}, rule {}", rule.code), &rule.condition));
        }
        let permissions = &entity.permissions;
        for (what, conditions) in [
            ("read", &permissions.read),
            ("insert", &permissions.insert),
            ("update", &permissions.update),
            ("delete", &permissions.delete),
        ] {
            texts.extend(conditions.iter().map(|text| (format!("{name}, {what} permission"), text.as_str())));
        }
    }
    texts.extend(model.sets.iter().map(|set| (format!("Set.{}", set.name), set.text.as_str())));
    texts.extend(model.views.iter().map(|view| (format!("View.{}", view.name), view.text.as_str())));
    texts.extend(model.functions.iter().map(|function| (function.name.clone(), function.body.as_str())));
    texts
}
