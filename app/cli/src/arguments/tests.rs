use super::*;
use clap::CommandFactory;

fn parse(words: &[&str]) -> Result<Command, String> {
    let words = std::iter::once("daybook").chain(words.iter().copied());
    Arguments::try_parse_from(words).map(|arguments| arguments.command).map_err(|error| error.to_string())
}

#[test]
fn every_command_is_well_formed_and_says_what_it_does() {
    let mut root = Arguments::command();
    root.clone().debug_assert();
    root.build();
    let mut commands: Vec<&clap::Command> = root.get_subcommands().collect();
    while let Some(command) = commands.pop() {
        assert!(command.get_about().is_some(), "{} says nothing", command.get_name());
        for argument in command.get_arguments() {
            assert!(argument.get_help().is_some(), "{} {} says nothing", command.get_name(), argument.get_id());
        }
        commands.extend(command.get_subcommands());
    }
}

#[test]
fn a_value_may_hold_equal_signs_and_be_empty() {
    let Ok(Command::Edit(edit)) = parse(&["edit", "0198", "--set", "Description=a=b", "--set", "Task="]) else {
        panic!("an edit is read");
    };
    let expected = [("Description", "a=b"), ("Task", "")].map(|(name, value)| (name.to_owned(), value.to_owned()));
    assert_eq!(edit.set, expected);
}

#[test]
fn a_word_that_is_no_assignment_is_refused() {
    for words in [
        &["put", "Customer", "ACME"][..],
        &["put", "Customer", "=ACME"],
        &["put", "Customer"],
        &["edit", "1", "--set", "ACME"],
    ] {
        assert!(parse(words).is_err(), "{words:?}");
    }
}

#[test]
fn the_home_may_be_named_before_and_after_the_command() {
    for words in [["daybook", "--home", "/tmp/h", "stop"], ["daybook", "stop", "--home", "/tmp/h"]] {
        let arguments = Arguments::try_parse_from(words).expect("both places are read");
        assert_eq!(arguments.home, Some(PathBuf::from("/tmp/h")));
    }
}

#[test]
fn a_query_comes_as_text_or_from_a_file_and_never_both() {
    assert!(parse(&["query", "From T In Timesheet"]).is_ok());
    assert!(parse(&["query", "--file", "q.tql", "--on", "server", "--format", "csv"]).is_ok());
    assert!(parse(&["query"]).is_err());
    assert!(parse(&["query", "--file", "q.tql", "From T In Timesheet"]).is_err());
    assert!(parse(&["query", "--on", "moon", "From T In Timesheet"]).is_err());
}

#[test]
fn a_query_is_a_saved_one_as_well_and_one_thing_is_shown_of_it() {
    assert!(parse(&["query", "--saved", "My week", "--param", "from=2026-03-02"]).is_ok());
    assert!(parse(&["query", "--saved", "My week", "From T In Timesheet"]).is_err());
    assert!(parse(&["query", "--saved", "My week", "--file", "q.tql"]).is_err());
    for shown in ["--sql", "--explain", "--check", "--reformat"] {
        assert!(parse(&["query", shown, "From T In Timesheet"]).is_ok(), "{shown}");
        let other = if shown == "--sql" { "--check" } else { "--sql" };
        assert!(parse(&["query", shown, other, "From T In Timesheet"]).is_err(), "{shown} and {other}");
    }
}

#[test]
fn a_password_is_never_an_argument() {
    let sign_in = ["sign-in", "--server", "http://localhost:1", "--tenant", "demo", "--user", "employee"];
    assert!(parse(&sign_in).expect_err("no password").contains("--password-stdin"));
    assert!(parse(&[&sign_in[..], &["--password", "demo"]].concat()).is_err());
    assert!(parse(&[&sign_in[..], &["--password-stdin"]].concat()).is_ok());
}
