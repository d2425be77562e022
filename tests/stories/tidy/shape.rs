use super::{assert_none, files, files_ending, read, root};

const LINES_MAX: usize = 500;
const TOP: [&str; 6] = ["Cargo.toml", "app", "sync-server", "query-lang", "migrations", "tests"];
const TOOLS: [&str; 10] = [
    "README.md",
    "dev",
    ".ci",
    "Cargo.lock",
    "clippy.toml",
    "deny.toml",
    "rustfmt.toml",
    ".gitignore",
    ".cargo",
    ".config",
];
const VAGUE: [&str; 9] = ["common", "util", "utils", "misc", "helpers", "manager", "service", "processor", "types"];

#[test]
fn no_source_file_is_longer_than_five_hundred_lines() {
    let long = files_ending(&[".rs", ".ts", ".svelte", ".css", ".pest"]).into_iter().filter_map(|file| {
        let lines = read(&file).lines().count();
        (lines > LINES_MAX).then(|| format!("{file}: {lines} lines"))
    });
    assert_none("A file above 500 lines is two files:", long.collect());
}

#[test]
fn the_top_level_holds_the_named_parts_and_what_tools_need() {
    let stray = files().into_iter().filter_map(|file| {
        let top = file.split('/').next().unwrap_or_default().to_owned();
        (!TOP.contains(&top.as_str()) && !TOOLS.contains(&top.as_str())).then_some(file)
    });
    assert_none("These do not belong to the top level:", stray.collect());
    for name in TOP {
        assert!(root().join(name).exists(), "{name} is missing at the top level");
    }
}

#[test]
fn no_file_or_folder_has_a_vague_name() {
    let vague = files_ending(&[".rs", ".ts", ".svelte"]).into_iter().filter(|file| {
        file.split('/').any(|part| VAGUE.contains(&part.split('.').next().unwrap_or_default().to_lowercase().as_str()))
    });
    assert_none("A name says what is in it:", vague.collect());
}

#[test]
fn every_part_explains_itself() {
    let parts = files_ending(&["Cargo.toml"]).into_iter().filter(|file| file != "Cargo.toml");
    let silent = parts.filter_map(|file| {
        let readme = file.replace("Cargo.toml", "README.md");
        (!root().join(&readme).exists()).then_some(readme)
    });
    assert_none("A part without a README:", silent.collect());
}

#[test]
fn the_readme_stays_within_one_look() {
    let lines = read("README.md").lines().count();
    assert!(lines <= 120, "README.md has {lines} lines; 120 are enough");
}
