use super::Problem;
use super::words::{Word, words};
use crate::model::{Entity, Model, Source};
use query_lang::TokenKind;

/// Calculated properties that name each other.
const CALCULATED_DEPTH_MAX: usize = 16;

/// A read permission, of rows or of a property, names only what everybody may read: a device could not evaluate
/// another one, because it does not hold the rows. It asks no clock either: roles end by a job, which is a change.
pub(super) fn read_permissions_stay_on_open_ground(model: &Model) -> Vec<Problem> {
    let mut problems = Vec::new();
    for entity in model.tenant_entities().filter(|entity| !entity.hidden) {
        let rows = entity.permissions.read.iter().map(|text| (format!("{}, read permission", entity.name), text));
        let shown = entity.properties.iter().filter(|property| !property.hidden);
        let properties = shown.filter_map(|property| {
            Some((format!("{}.{}, read permission", entity.name, property.name), property.read.as_ref()?))
        });
        for (place, text) in rows.chain(properties) {
            if let Err(sentence) = (Ground { model, depth: 0 }).allows(text, entity) {
                problems.push(Problem::new(place, sentence));
            }
        }
    }
    problems
}

#[derive(Clone, Copy)]
struct Ground<'a> {
    model: &'a Model,
    depth: usize,
}

impl<'a> Ground<'a> {
    fn allows(self, text: &str, current: &'a Entity) -> Result<(), String> {
        if self.depth > CALCULATED_DEPTH_MAX {
            return Err("Its calculated properties name each other too deeply: make them simpler.".to_owned());
        }
        let words = words(text);
        for (index, word) in words.iter().enumerate() {
            let after_a_name = index > 0 && words[index - 1].kind == TokenKind::Name;
            if word.is("From") && word.kind == TokenKind::Keyword || word.text == "=>" {
                return Err("It asks a query, which a device may not have the rows for: use relations.".to_owned());
            }
            if word.text == "." && !after_a_name {
                return Err("A dot stands behind something that is no name: write the whole path.".to_owned());
            }
            if word.is_root() {
                self.root(&words[index..], current)?;
            }
        }
        Ok(())
    }

    /// `words` begin with a name that nothing stands before.
    fn root(self, words: &[Word<'_>], current: &'a Entity) -> Result<(), String> {
        let name = words[0];
        if name.is("Current") {
            self.path(&words[1..], current)
        } else if name.is("CurrentUser") {
            let user = self.model.entity("User").ok_or("The model has no entity User: add it.")?;
            self.path(&words[1..], user)
        } else if name.is("Now") || name.is("Today") {
            Err(format!(
                "It asks {}(), and nothing changes when time passes: use a property that a job writes.",
                name.text
            ))
        } else if words.get(1).is_some_and(|next| next.text == "(")
            && !self.model.functions.iter().any(|function| name.is(&function.name))
        {
            Ok(())
        } else {
            Err(format!("It names {}, and only Current, CurrentUser and functions may stand there.", name.text))
        }
    }

    /// `.Member.Member ...` of a row of `entity`.
    fn path(self, words: &[Word<'_>], entity: &'a Entity) -> Result<(), String> {
        let mut entity = entity;
        let mut members = words.chunks_exact(2).take_while(|pair| pair[0].text == "." && pair[1].member).peekable();
        while let Some(member) = members.next().map(|pair| pair[1]) {
            let further = members.peek().is_some();
            let Some(target) = self.member(member, entity)? else { continue };
            let open = target.permissions.read.iter().any(|text| text.trim().eq_ignore_ascii_case("True"));
            if further && !open {
                return Err(format!(
                    "It looks into {}, which not everybody may read: copy what it needs into this entity.",
                    target.name
                ));
            }
            entity = target;
        }
        Ok(())
    }

    /// The entity that a member leads to; None: it is a value.
    fn member(self, member: Word<'_>, entity: &'a Entity) -> Result<Option<&'a Entity>, String> {
        if member.is("CreatedBy") || member.is("UpdatedBy") {
            return Ok(self.model.entity("User"));
        }
        let called = |name: &str| member.is(name);
        let mut shown = entity.properties.iter().filter(|property| !property.hidden);
        let property =
            shown.find(|property| called(&property.name) || property.aliases.iter().any(|alias| called(alias)));
        if let Some(property) = property {
            if property.read.is_some() {
                return Err(format!("It asks {}, which not everybody may read: take it out.", property.name));
            }
            if let Some(calculated) = property.calculated() {
                Ground { depth: self.depth + 1, ..self }.allows(&calculated.expression, entity)?;
            }
            return Ok(property.relation().and_then(|relation| self.model.entity(&relation.to)));
        }
        if self.model.back_references(entity).iter().any(|reference| called(reference.name)) {
            return Err(format!("It asks the list {}, which a device may not have whole: use relations.", member.text));
        }
        Ok(self.inherited(member, entity))
    }

    /// A relation by an alias of the entity that it points to.
    fn inherited(self, member: Word<'_>, entity: &'a Entity) -> Option<&'a Entity> {
        let targets = entity.properties.iter().filter_map(|property| self.model.entity(&property.relation()?.to));
        let mut targets = targets.filter(|target| target.source == Source::Tenant);
        targets.find(|target| target.aliases.iter().any(|alias| member.is(&alias.name)))
    }
}
