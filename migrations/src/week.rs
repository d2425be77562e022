use jiff::civil::Weekday;

/// `Key` of the row of `Setting` whose `Value` is the weekday that the company's weeks begin with.
pub const FIRST_DAY_OF_WEEK: &str = "FirstDayOfWeek";

const WEEKDAYS: [(&str, Weekday); 7] = [
    ("monday", Weekday::Monday),
    ("tuesday", Weekday::Tuesday),
    ("wednesday", Weekday::Wednesday),
    ("thursday", Weekday::Thursday),
    ("friday", Weekday::Friday),
    ("saturday", Weekday::Saturday),
    ("sunday", Weekday::Sunday),
];

/// The day that a company's weeks begin with, as its setting says (an English name, folded as its rule does). Monday where it says
/// nothing, or what is no weekday. Both sides read it here, so that a question has one answer.
pub fn first_weekday(said: Option<&str>) -> Weekday {
    let said = said.map(query_lang::functions::fold);
    let known = said.and_then(|said| WEEKDAYS.iter().find(|(name, _)| said == *name));
    known.map_or(Weekday::Monday, |(_, weekday)| *weekday)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_company_names_the_day_that_its_weeks_begin_with() {
        assert_eq!(first_weekday(Some("Sunday")), Weekday::Sunday);
        assert_eq!(first_weekday(Some("Sáturday")), Weekday::Saturday);
        assert_eq!(first_weekday(Some("Sonntag")), Weekday::Monday);
        assert_eq!(first_weekday(None), Weekday::Monday);
    }
}
