//! What people do on a device: always against what they see there.

use crate::rows::{Key, PROJECT, TIMESHEET, Values, Version, text};
use crate::world::World;
use std::collections::BTreeMap;
use sync_protocol::{Cell, Mutation, Operation};

/// One local transaction of one to three changes.
pub(crate) fn act(world: &mut World, device: usize) {
    let mut mutations: Vec<Mutation> = Vec::new();
    for _ in 0..=world.chance.below(3) {
        let view = world.devices[device].store.view();
        let untouched: Vec<(&Key, &Version)> =
            view.iter().filter(|(key, _)| !mutations.iter().any(|mutation| mutation.id == key.1)).collect();
        let chosen = world.chance.pick(&untouched).map(|(key, version)| ((*key).clone(), (*version).clone()));
        let mutation = match (world.chance.below(10), chosen) {
            (0, _) => new_project(world),
            (1..4, _) | (_, None) => new_timesheet(world, device, &view),
            (4, Some((key, row))) => change(key, &row, Operation::Delete, Values::new()),
            (_, Some((key, row))) => edit(world, key, &row, &view),
        };
        mutations.push(mutation);
    }
    for mutation in &mutations {
        for (property, new) in &mutation.set {
            if !matches!(property.as_str(), "Project" | "Owner") {
                let seen = mutation.was.get(property).cloned().unwrap_or(Cell::Null);
                world.entered.insert(new.clone(), seen);
            }
        }
    }
    world.devices[device].store.commit(mutations);
}

fn new_project(world: &mut World) -> Mutation {
    let (id, name) = (world.chance.id(), world.fresh_text());
    let fresh = Version { seq: 0, values: Values::new(), deleted: false };
    change((PROJECT.to_owned(), id), &fresh, Operation::Put, Values::from([("Name".to_owned(), name)]))
}

fn new_timesheet(world: &mut World, device: usize, view: &BTreeMap<Key, Version>) -> Mutation {
    let id = world.chance.id();
    let fresh = Version { seq: 0, values: Values::new(), deleted: false };
    let mut set = times(world);
    set.insert("Owner".to_owned(), text(world.devices[device].user.clone()));
    set.insert("Description".to_owned(), description(world));
    set.insert("Project".to_owned(), project(world, view));
    change((TIMESHEET.to_owned(), id), &fresh, Operation::Put, set)
}

fn edit(world: &mut World, key: Key, row: &Version, view: &BTreeMap<Key, Version>) -> Mutation {
    let set = match (key.0.as_str(), world.chance.below(4)) {
        (PROJECT, _) => Values::from([("Name".to_owned(), world.fresh_text())]),
        (_, 0) => Values::from([("Description".to_owned(), description(world))]),
        (_, 1) => Values::from([("Project".to_owned(), project(world, view))]),
        (_, 2) => {
            let mut set = times(world);
            set.remove("Begin");
            set
        }
        _ => times(world),
    };
    change(key, row, Operation::Put, set)
}

fn change(key: Key, row: &Version, op: Operation, set: Values) -> Mutation {
    let was = if row.seq == 0 && row.values.is_empty() {
        Values::new()
    } else {
        set.keys().map(|property| (property.clone(), row.value(property))).collect()
    };
    Mutation { no: 0, entity: key.0, id: key.1, op, base: row.seq, set, was, at: 0 }
}

/// In one of thirty the end is before the begin, which the rule of the model refuses.
fn times(world: &mut World) -> Values {
    world.values += 2;
    let (mut begin, mut end) = (world.values, world.values + 1);
    if world.chance.below(30) == 0 {
        (begin, end) = (end, begin);
    }
    world.values += 1;
    Values::from([("Begin".to_owned(), Cell::Int(begin)), ("End".to_owned(), Cell::Int(end))])
}

/// In one of a hundred it is something that the server cannot even read.
fn description(world: &mut World) -> Cell {
    match world.fresh_text() {
        Cell::Text(fresh) if world.chance.below(100) == 0 => text(format!("poison in {fresh}")),
        fresh => fresh,
    }
}

fn project(world: &mut World, view: &BTreeMap<Key, Version>) -> Cell {
    let projects: Vec<&Key> = view.keys().filter(|key| key.0 == PROJECT).collect();
    world.chance.pick(&projects).map_or(Cell::Null, |key| text(key.1.to_string()))
}
