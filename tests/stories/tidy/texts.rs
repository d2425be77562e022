use super::{assert_none, files, files_ending, read, root};
use regex::Regex;
use std::path::Path;

#[test]
fn nothing_is_left_unfinished() {
    // The words are cut in two so that this file does not find itself.
    let marks = [
        "to".to_owned() + "do!",
        "unimplemen".to_owned() + "ted!",
        "TO".to_owned() + "DO",
        "FIX".to_owned() + "ME",
        "#[ign".to_owned() + "ore",
        ".ski".to_owned() + "p()",
    ];
    let mut findings = Vec::new();
    for file in files_ending(&[".rs", ".ts", ".svelte", ".css", "dev"]) {
        let text = read(&file);
        for mark in marks.iter().filter(|mark| text.contains(mark.as_str())) {
            findings.push(format!("{file}: {mark}"));
        }
    }
    assert_none("Marks of unfinished work:", findings);
}

#[test]
fn no_page_links_to_what_is_not_there() {
    let link = Regex::new(r"\]\(([^)#\s]+)(#[^)]*)?\)").expect("the pattern is valid");
    let mut findings = Vec::new();
    for file in files_ending(&[".md"]) {
        let text = read(&file);
        let folder = Path::new(&file).parent().unwrap_or(Path::new("")).to_owned();
        for target in link.captures_iter(&text).map(|found| found[1].to_owned()) {
            if !target.contains("://") && !root().join(&folder).join(&target).exists() {
                findings.push(format!("{file}: {target}"));
            }
        }
    }
    assert_none("Links that lead nowhere:", findings);
}

#[test]
fn no_file_names_a_path_of_a_machine() {
    let place = Regex::new(r"(^|[^\w.])/(work|home|root|Users)/\w").expect("the pattern is valid");
    let mut findings = Vec::new();
    let texts = files().into_iter().filter(|file| !file.ends_with(".lock") && !file.ends_with("package-lock.json"));
    for file in texts.filter(|file| !file.ends_with(".png") && !file.ends_with(".ico") && !file.ends_with(".woff2")) {
        let Ok(text) = std::fs::read_to_string(root().join(&file)) else { continue };
        for (index, line) in text.lines().enumerate().filter(|(_, line)| place.is_match(line)) {
            findings.push(format!("{file}:{}: {}", index + 1, line.trim()));
        }
    }
    assert_none("Paths of a machine:", findings);
}
