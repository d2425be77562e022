use super::home::{Home, MINUTE};
use crate::{ErrorCode, NewEntry, StartTimer};
use std::collections::BTreeMap;

fn entry(project: &str, begin: &str, end: &str) -> NewEntry {
    let text = Some("planning".to_owned());
    NewEntry { project: Some(project.into()), begin: begin.into(), end: end.into(), text, ..NewEntry::default() }
}

fn set(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
}

#[test]
fn a_booking_takes_day_zone_and_billable_from_where_they_are_known() {
    let home = Home::new(false);
    let saved = home.device.add(&entry("learn", "08:30", "10:00")).unwrap().entry;
    assert_eq!(saved.begin, "2026-11-18T08:30:00+01:00");
    assert_eq!((saved.date.as_str(), saved.duration.as_deref()), ("2026-11-18", Some("PT1H30M")));
    assert_eq!((saved.time_zone.as_str(), saved.billable, saved.waiting), ("Europe/Vienna", false, true));
    assert_eq!(saved.customer.unwrap().code, "ACME");
    assert_eq!(home.device.list(None, None).unwrap().len(), 1);
    assert!(home.device.list(Some("yesterday"), Some("yesterday")).unwrap().is_empty());
}

#[test]
fn a_project_is_known_by_its_full_name_and_a_typing_error_is_answered_with_the_nearest() {
    let home = Home::new(false);
    assert_eq!(home.device.add(&entry("ACME.WEB", "08:00", "09:00")).unwrap().entry.project.unwrap().code, "WEB");
    let error = home.device.add(&entry("LERN", "09:00", "10:00")).unwrap_err();
    assert_eq!(
        (error.code, error.message.as_str()),
        (ErrorCode::Unknown, "there is no Project `LERN`; did you mean `LEARN`?")
    );
}

#[test]
fn a_task_is_looked_for_in_its_project_and_among_those_of_every_project() {
    let home = Home::new(false);
    let mut request = entry("WEB", "08:00", "09:00");
    request.task = Some("dev".into());
    let saved = home.device.add(&request).unwrap().entry;
    assert_eq!(saved.task.unwrap().id, uuid::Uuid::from_u128(50).to_string());
    let moved = home.device.edit(&saved.id, &set(&[("Task", "MEET")])).unwrap().entry;
    assert_eq!(moved.task.unwrap().code, "MEET");
}

#[test]
fn an_end_before_its_begin_is_the_persons_mistake_and_nothing_is_written() {
    let home = Home::new(false);
    let error = home.device.add(&entry("WEB", "10:00", "09:00")).unwrap_err();
    assert_eq!(error.fault(), crate::Fault::Input);
    assert!(home.device.list(None, None).unwrap().is_empty());
}

#[test]
fn an_overlap_is_kept_and_said() {
    let home = Home::new(false);
    home.device.add(&entry("WEB", "08:00", "09:00")).unwrap();
    let saved = home.device.add(&entry("WEB", "08:30", "09:30")).unwrap();
    assert_eq!(saved.warnings[0].code, "overlap");
}

#[test]
fn starting_a_timer_ends_the_one_that_runs_and_undo_gives_it_back() {
    let home = Home::new(false);
    let first = home.device.start(&StartTimer::default()).unwrap().entry;
    home.clock.wait(25 * MINUTE);
    let started = home.device.start(&StartTimer { project: Some("WEB".into()), ..StartTimer::default() }).unwrap();
    let stopped = started.stopped.unwrap();
    assert_eq!((stopped.id, stopped.seconds), (first.id.clone(), Some(25 * 60)));
    home.device.undo().unwrap();
    let running = home.device.status().unwrap().running;
    assert_eq!(running.iter().map(|entry| &entry.id).collect::<Vec<_>>(), [&first.id]);
    home.clock.wait(5 * MINUTE);
    assert_eq!(home.device.stop(None).unwrap().entry.seconds, Some(30 * 60));
    assert_eq!(home.device.stop(None).unwrap_err().code, ErrorCode::Unknown);
}

#[test]
fn a_forgotten_timer_is_named_with_the_way_on_and_stands_in_the_way_of_no_other() {
    let home = Home::new(false);
    let begin =
        StartTimer { begin: Some("2026-11-16 08:00".into()), text: Some("planning".into()), ..StartTimer::default() };
    let old = home.device.start(&begin).unwrap().entry;
    let way_on = format!("`daybook edit {} --set End=\"2026-11-16 HH:MM\"`", old.id);
    for id in [None, Some(old.id.as_str())] {
        let error = home.device.stop(id).unwrap_err();
        assert_eq!(error.code, ErrorCode::Refused);
        assert!(error.message.contains("2026-11-16 08:00 planning") && error.message.contains(&way_on), "{error}");
    }
    let started = home.device.start(&StartTimer::default()).unwrap();
    assert!(started.stopped.is_none());
    let [warning] = started.warnings.as_slice() else { panic!("{:?}", started.warnings) };
    assert!(warning.code == "timer_left" && warning.message.contains(&way_on), "{}", warning.message);
    let running = || home.device.status().unwrap().running.into_iter().map(|entry| entry.id).collect::<Vec<_>>();
    assert_eq!(running(), [started.entry.id.clone(), old.id.clone()]);

    let ended = home.device.edit(&old.id, &set(&[("End", "17:30")])).unwrap().entry;
    assert_eq!((ended.end.as_deref(), ended.seconds), (Some("2026-11-16T17:30:00+01:00"), Some(34_200)));
    assert_eq!(running(), [started.entry.id.as_str()]);
    home.device.undo().unwrap();
    home.device.undo().unwrap();
    assert_eq!(running(), [old.id.as_str()], "one undo takes the start back");
}

#[test]
fn of_two_timers_the_person_ends_one_and_the_other_runs_on() {
    let home = Home::new(false);
    let begin = |begin: &str| StartTimer { begin: Some(begin.into()), ..StartTimer::default() };
    let first = home.device.start(&begin("08:00")).unwrap().entry;
    let second = home.device.add(&entry("WEB", "08:30", "09:00")).unwrap().entry;
    // As a sync would bring it from the other computer.
    home.device.edit(&second.id, &set(&[("End", "")])).unwrap();
    let error = home.device.stop(None).unwrap_err();
    assert!(error.message.contains("2 timers run") && error.message.contains(&first.id), "{}", error.message);
    let third = home.device.start(&begin("09:00")).unwrap();
    assert!(third.stopped.is_none() && third.warnings.iter().any(|warning| warning.code == "timers"));
    home.device.stop(Some(&first.id)).unwrap();
    let running = home.device.status().unwrap().running;
    assert_eq!(running.iter().map(|entry| &entry.id).collect::<Vec<_>>(), [&third.entry.id, &second.id]);
    assert_eq!(home.device.stop(Some(&first.id)).unwrap_err().code, ErrorCode::Unknown);
}

#[test]
fn a_new_begin_moves_the_day_and_a_new_day_moves_begin_and_end() {
    let home = Home::new(false);
    let id = home.device.add(&entry("WEB", "08:00", "09:00")).unwrap().entry.id;
    let moved = home.device.edit(&id, &set(&[("Date", "2026-07-01")])).unwrap().entry;
    assert_eq!((moved.begin.as_str(), moved.date.as_str()), ("2026-07-01T08:00:00+02:00", "2026-07-01"));
    assert_eq!(moved.end.as_deref(), Some("2026-07-01T09:00:00+02:00"));
    let moved = home.device.edit(&id[..8], &set(&[("Begin", "2026-07-02 07:30"), ("End", "2026-07-02 08:00")]));
    assert_eq!(moved.unwrap().entry.date, "2026-07-02");
    let error = home.device.edit(&id, &set(&[("Begn", "08:00")])).unwrap_err();
    assert!(error.message.contains("did you mean `Begin`"), "{}", error.message);
}

#[test]
fn an_entry_of_another_zone_keeps_its_zone_and_is_edited_by_the_clock_there() {
    let home = Home::new(false);
    let mut request = entry("WEB", "2026-11-18T09:00:00-05:00", "2026-11-18T10:30:00-05:00");
    request.set = set(&[("TimeZone", "America/New_York"), ("UtcOffset", "-300")]);
    let made = home.device.add(&request).unwrap().entry;
    assert_eq!((made.begin.as_str(), made.date.as_str()), ("2026-11-18T09:00:00-05:00", "2026-11-18"));
    let edit = |pairs: &[(&str, &str)]| home.device.edit(&made.id, &set(pairs)).unwrap().entry;
    let moved = edit(&[("Begin", "08:30")]);
    assert_eq!((moved.begin.as_str(), moved.time_zone.as_str()), ("2026-11-18T08:30:00-05:00", "America/New_York"));
    // As a drag in Vienna says it.
    let dragged = edit(&[("Begin", "2026-11-18T15:00:00+01:00"), ("End", "2026-11-18T16:00:00+01:00")]);
    assert_eq!((dragged.begin.as_str(), dragged.seconds), ("2026-11-18T09:00:00-05:00", Some(3600)));
    let summer = edit(&[("Date", "2026-07-01")]);
    assert_eq!((summer.begin.as_str(), summer.date.as_str()), ("2026-07-01T09:00:00-04:00", "2026-07-01"));
    let home_again = edit(&[("TimeZone", "Europe/Vienna")]);
    assert_eq!((home_again.begin.as_str(), home_again.date.as_str()), ("2026-07-01T15:00:00+02:00", "2026-07-01"));
}

#[test]
fn a_day_of_23_and_one_of_25_hours_are_as_long_as_they_were() {
    let home = Home::new(false);
    let length = |date: &str| {
        let request = NewEntry { date: Some(date.into()), ..entry("WEB", "00:00", "22:00") };
        let saved = home.device.add(&request).unwrap().entry;
        let longer = home.device.edit(&saved.id, &set(&[("End", "22:30")])).unwrap().entry;
        (saved.seconds.unwrap() / 3600, longer.seconds.unwrap() / 60)
    };
    assert_eq!(length("2026-03-29"), (21, 21 * 60 + 30));
    assert_eq!(length("2026-10-25"), (23, 23 * 60 + 30));
    assert_eq!(length("2026-10-26"), (22, 22 * 60 + 30));
}

#[test]
fn a_week_has_seven_days_and_the_sum_of_what_is_finished() {
    let home = Home::new(false);
    home.device.add(&entry("WEB", "08:00", "09:00")).unwrap();
    home.device.start(&StartTimer::default()).unwrap();
    let week = home.device.week(None).unwrap();
    assert_eq!((week.begin.as_str(), week.end.as_str(), week.seconds), ("2026-11-16", "2026-11-22", 3600));
    assert_eq!((week.days.len(), week.days[2].entries.len()), (7, 2));
}

#[test]
fn a_deleted_entry_is_not_shown_and_comes_back_by_undo() {
    let home = Home::new(false);
    let id = home.device.add(&entry("WEB", "08:00", "09:00")).unwrap().entry.id;
    home.device.delete(&id).unwrap();
    assert!(home.device.list(None, None).unwrap().is_empty());
    assert_eq!(home.device.undo().unwrap().what, "deletion of 2026-11-18 08:00 planning");
    assert_eq!(home.device.list(None, None).unwrap().len(), 1);
}
