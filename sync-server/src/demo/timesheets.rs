//! A year of workdays that ends today: the same for the same day, at any hour of it.

use super::company::{CUSTOMERS, Customer, PEOPLE, Project, Task};
use super::ids::{Draw, id};
use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use uuid::Uuid;

const SEED: u64 = 1;
const DAYS: i32 = 365;
const QUARTER_US: i64 = 15 * 60 * 1_000_000;
/// Timesheets of one person in a year are never fewer.
const YEARLY_MIN: usize = 700;
/// Who is in the department "Development" in name only, so that a large company can be shown.
const CREW: &str = "crew";

/// One booking of the demo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Booking {
    pub(super) id: Uuid,
    pub(super) user: Uuid,
    /// Microseconds UTC.
    pub(super) begin: i64,
    pub(super) end: i64,
    pub(super) utc_offset_minutes: i64,
    /// Days since 1970-01-01, in the person's zone.
    pub(super) date: i32,
    pub(super) project: Uuid,
    pub(super) task: Uuid,
    pub(super) description: &'static str,
    pub(super) billable: bool,
    pub(super) home_office: bool,
}

/// When the year ends, and where.
#[derive(Debug, Clone)]
pub(super) struct Today {
    pub(super) now: Timestamp,
    pub(super) zone: TimeZone,
}

/// Names of everybody who books: the people of the demo, and more when `total` is more than they can have booked.
pub(super) fn bookers(total: Option<usize>) -> Vec<String> {
    let people = PEOPLE.iter().map(|person| person.name.to_owned());
    let wanted = total.unwrap_or(0).div_ceil(YEARLY_MIN);
    people.chain(crew().take(wanted.saturating_sub(PEOPLE.len()))).collect()
}

/// Names of the crew, without end.
pub(super) fn crew() -> impl Iterator<Item = String> {
    (1..).map(|number: usize| format!("{CREW}{number:03}"))
}

/// Latest first; `total` of them, or all that a year gives.
pub(super) fn bookings(today: &Today, total: Option<usize>) -> Vec<Booking> {
    let people = bookers(total);
    let wanted = total.unwrap_or(usize::MAX);
    let mut bookings = Vec::new();
    for date in today.year() {
        for person in &people {
            bookings.extend(workday(person, date, today));
            if bookings.len() >= wanted {
                bookings.truncate(wanted);
                return bookings;
            }
        }
    }
    bookings
}

/// What these people booked from a day (days since 1970-01-01) on, latest first; at most a year.
pub(super) fn bookings_since(today: &Today, people: &[String], first: i32) -> Vec<Booking> {
    let days = today.year().take_while(|date| days_since_1970(*date) >= first);
    days.flat_map(|date| people.iter().flat_map(move |person| workday(person, date, today))).collect()
}

impl Today {
    /// Days since 1970-01-01.
    pub(super) fn number(&self) -> i32 {
        days_since_1970(self.date())
    }

    fn date(&self) -> Date {
        self.now.to_zoned(self.zone.clone()).date()
    }

    /// The last day first.
    fn year(&self) -> impl Iterator<Item = Date> {
        let last = self.date();
        (0..=DAYS).map_while(move |back| last.checked_sub(back.days()).ok())
    }
}

/// What one person booked on one day, latest first. Today it is the first booking of the morning and no more, at any hour:
/// the rest of a plan would lie in the future for most of the day. The first of the people has always worked today.
fn workday(person: &str, date: Date, today: &Today) -> Vec<Booking> {
    let (number, is_today) = (days_since_1970(date), date == today.date());
    let mut draw = Draw::new(SEED, person, number);
    let keen = is_today && person == PEOPLE[0].name;
    // Drawn in any case: tomorrow this day has the same plan, of which today's booking is a part.
    let is_away = is_away(person, number, &mut draw);
    if !keen && (is_away || is_weekend(date)) {
        return Vec::new();
    }
    let Ok(midnight) = date.to_zoned(today.zone.clone()) else { return Vec::new() };
    let day = Day { person, number, midnight: midnight.timestamp().as_microsecond() };
    let mut bookings = day.plan(&mut draw, &today.zone);
    if is_today {
        bookings.truncate(1);
    }
    bookings.reverse();
    bookings
}

/// A day of one person, from its midnight.
struct Day<'a> {
    person: &'a str,
    number: i32,
    midnight: i64,
}

impl Day<'_> {
    /// From a start between half past seven and nine, with a pause at noon, about eight hours in quarters.
    fn plan(&self, draw: &mut Draw, zone: &TimeZone) -> Vec<Booking> {
        let mut quarter = 30 + draw.below(7) as i64;
        let (mut bookings, mut worked, mut paused) = (Vec::new(), 0, false);
        let wanted = 28 + draw.below(9) as i64;
        while worked < wanted {
            let length = (3 + draw.below(8) as i64).min(wanted - worked);
            let begin = self.midnight + quarter * QUARTER_US;
            let end = begin + length * QUARTER_US;
            bookings.push(self.booking(bookings.len(), begin, end, draw, zone));
            worked += length;
            quarter += length;
            if !paused && quarter >= 46 {
                quarter += 2 + draw.below(3) as i64;
                paused = true;
            }
        }
        bookings
    }

    fn booking(&self, index: usize, begin: i64, end: i64, draw: &mut Draw, zone: &TimeZone) -> Booking {
        let (customer, project, task) = work(self.person, self.number, draw);
        let offset = Timestamp::from_microsecond(begin).map_or(0, |begin| zone.to_offset(begin).seconds() / 60);
        Booking {
            id: id("timesheet", &format!("{} {} {index}", self.person, self.number)),
            user: id("user", self.person),
            begin,
            end,
            utc_offset_minutes: i64::from(offset),
            date: self.number,
            project: id("project", project.code),
            task: task_id(project, task),
            description: task.2[draw.below(task.2.len())],
            billable: project.billable && customer.rate > 0,
            home_office: draw.percent(30),
        }
    }
}

pub(super) fn task_id(project: &Project, task: &Task) -> Uuid {
    id("task", &format!("{} {}", project.code, task.0))
}

/// For some weeks a person works for two or three customers, and now and then for their own company.
fn work(person: &str, day: i32, draw: &mut Draw) -> (&'static Customer, &'static Project, &'static Task) {
    let mut season = Draw::new(SEED, person, -1 - day.div_euclid(42));
    let (own, others) = CUSTOMERS.split_last().map_or((&CUSTOMERS[0], &CUSTOMERS[..]), |split| split);
    let regular = [season.below(others.len()), season.below(others.len()), season.below(others.len())];
    let customer = if draw.percent(15) { own } else { &others[*draw.one_of(&regular)] };
    let project = draw.one_of(customer.projects);
    (customer, project, draw.one_of(project.tasks))
}

/// Five weeks of holidays in a year, and a few days with a cold.
fn is_away(person: &str, day: i32, draw: &mut Draw) -> bool {
    Draw::new(SEED, person, -1_000_000 - day.div_euclid(7)).percent(9) || draw.percent(2)
}

fn is_weekend(date: Date) -> bool {
    matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday)
}

fn days_since_1970(date: Date) -> i32 {
    const EPOCH: Date = jiff::civil::date(1970, 1, 1);
    date.since(EPOCH).map_or(0, |span| span.get_days())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn today(text: &str) -> Today {
        Today { now: text.parse().unwrap(), zone: TimeZone::get("Europe/Vienna").unwrap() }
    }

    #[test]
    fn the_same_day_gives_the_same_year_a_minute_after_midnight_and_a_minute_before() {
        // The first is a Sunday.
        for [first, last] in
            [["2026-03-21T23:01:00Z", "2026-03-22T22:59:00Z"], ["2026-03-17T23:01:00Z", "2026-03-18T22:59:00Z"]]
        {
            let (first, last) = (today(first), today(last));
            let (early, late) = (bookings(&first, None), bookings(&last, None));
            assert_eq!(early, late);
            assert_eq!(early.iter().map(|booking| booking.date).max(), Some(first.number()), "it ends today");
            assert!(
                early
                    .iter()
                    .any(|booking| booking.date == first.number() && booking.user == id("user", PEOPLE[0].name))
            );
        }
    }

    #[test]
    fn a_demo_that_is_topped_up_has_the_rows_of_one_that_is_made_that_day() {
        let later = today("2026-03-20T12:07:00Z");
        let year = bookings(&later, None);
        let people = bookers(None);
        let since = bookings_since(&later, &people, 20_530);
        assert!(since.iter().any(|booking| booking.date == 20_531));
        assert_eq!(since, year.into_iter().filter(|booking| booking.date >= 20_530).collect::<Vec<_>>());
        let that_day = bookings_since(&today("2026-03-18T20:00:00Z"), &people, 20_530);
        assert!(that_day.iter().all(|booking| since.contains(booking)), "the day goes on");
        assert!(that_day.len() < since.iter().filter(|booking| booking.date == 20_530).count());
    }

    #[test]
    fn nobody_is_in_two_places_at_once() {
        let mut bookings = bookings(&today("2026-03-18T12:07:00Z"), None);
        bookings.sort_by_key(|booking| (booking.user, booking.begin));
        assert!(bookings.iter().all(|booking| booking.begin < booking.end));
        assert!(bookings.windows(2).all(|pair| pair[0].user != pair[1].user || pair[0].end <= pair[1].begin));
    }

    #[test]
    fn as_many_as_were_asked_for_each_with_its_own_id() {
        for total in [1, 100, 20_000] {
            let bookings = bookings(&today("2026-03-18T12:07:00Z"), Some(total));
            assert_eq!(bookings.len(), total);
            let ids: std::collections::HashSet<Uuid> = bookings.iter().map(|booking| booking.id).collect();
            assert_eq!(ids.len(), total);
        }
    }
}
