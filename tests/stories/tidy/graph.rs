use super::{assert_none, read, root};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;
use std::sync::OnceLock;

/// Who may know whom among our own crates (development dependencies aside). What is not here may not be.
const KNOWS: [(&str, &[&str]); 12] = [
    ("query-lang", &[]),
    ("sync-protocol", &[]),
    ("migrations", &["query-lang"]),
    ("recorder", &[]),
    ("vault", &["sync-protocol"]),
    ("store", &["query-lang", "migrations", "sync-protocol"]),
    ("sync", &["sync-protocol"]),
    ("device", &["recorder", "vault", "store", "sync", "query-lang", "migrations", "sync-protocol"]),
    ("cli", &["device"]),
    ("desktop", &["device"]),
    ("sync-server", &["query-lang", "migrations", "sync-protocol"]),
    ("tests", &[]),
];

#[test]
fn our_crates_know_only_whom_they_may() {
    let allowed: BTreeMap<&str, &[&str]> = KNOWS.into_iter().collect();
    let mut findings = Vec::new();
    for (name, dependencies) in packages().iter().filter(|(name, _)| allowed.contains_key(name.as_str())) {
        for dependency in dependencies.iter().filter(|dependency| allowed.contains_key(dependency.as_str())) {
            if name != "tests" && !allowed[name.as_str()].contains(&dependency.as_str()) {
                findings.push(format!("{name} depends on {dependency}"));
            }
        }
    }
    assert_none("These dependencies break a wall:", findings);
}

#[test]
fn the_server_reaches_nothing_under_app() {
    let reached = closure("sync-server");
    let app = ["recorder", "vault", "store", "sync", "device", "cli", "desktop"];
    let found = app.iter().filter(|name| reached.contains(**name)).map(|name| name.to_string());
    assert_none("The server must not depend on:", found.collect());
}

#[test]
fn the_bans_of_deny_toml_hold() {
    let file: toml::Table = read("deny.toml").parse().expect("deny.toml is TOML");
    let bans = file["bans"]["deny"].as_array().expect("bans.deny is a list").clone();
    let mut findings = Vec::new();
    for ban in bans {
        let banned = ban["crate"].as_str().expect("a ban names a crate");
        let reason = ban["reason"].as_str().expect("a ban carries its reason");
        let wrappers: Vec<&str> = ban
            .get("wrappers")
            .and_then(toml::Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(toml::Value::as_str)
            .collect();
        for (name, dependencies) in packages() {
            let transitive_kin = name.starts_with(&format!("{banned}-")) || name.starts_with(&format!("{banned}_"));
            if dependencies.contains(banned) && !wrappers.contains(&name.as_str()) && !transitive_kin {
                findings.push(format!("{name} depends on {banned}: {reason}"));
            }
        }
    }
    assert_none("Banned dependencies:", findings);
}

/// Every package of the lock graph with the names it depends on in a build (not in its tests).
fn packages() -> &'static BTreeMap<String, BTreeSet<String>> {
    static PACKAGES: OnceLock<BTreeMap<String, BTreeSet<String>>> = OnceLock::new();
    PACKAGES.get_or_init(|| {
        let output = Command::new(env!("CARGO"))
            .args(["metadata", "--format-version", "1", "--filter-platform", "x86_64-unknown-linux-gnu"])
            .current_dir(root())
            .output()
            .expect("cargo describes the workspace");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let metadata: Value = serde_json::from_slice(&output.stdout).expect("cargo metadata is JSON");
        let names = names_by_id(&metadata);
        let mut packages: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for node in list(&metadata["resolve"]["nodes"]) {
            let built = list(&node["deps"]).iter().filter(|dependency| {
                list(&dependency["dep_kinds"]).iter().any(|kind| kind["kind"].as_str() != Some("dev"))
            });
            let dependencies = built.filter_map(|dependency| names.get(dependency["pkg"].as_str()?).cloned());
            let name = names[node["id"].as_str().expect("a node has an id")].clone();
            packages.entry(name).or_default().extend(dependencies);
        }
        packages
    })
}

fn names_by_id(metadata: &Value) -> BTreeMap<String, String> {
    let named = list(&metadata["packages"])
        .iter()
        .filter_map(|package| Some((package["id"].as_str()?.to_owned(), package["name"].as_str()?.to_owned())));
    named.collect()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

fn closure(start: &str) -> BTreeSet<&'static str> {
    let mut reached = BTreeSet::new();
    let mut open = vec![start.to_owned()];
    while let Some(name) = open.pop() {
        for dependency in packages().get(&name).into_iter().flatten() {
            if reached.insert(dependency.as_str()) {
                open.push(dependency.clone());
            }
        }
    }
    reached
}
