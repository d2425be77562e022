//! Functions written in the language that every catalogue has. A model's function of the same name comes first.

use crate::catalogue::NamedFunction;

struct BuiltIn {
    name: &'static str,
    /// Name and type; after a `=` what stands for an argument that is not written.
    parameters: &'static [&'static str],
    body: &'static str,
}

/// Begin to end of each booking without what an earlier one of the person covers already; bookings without a clock count whole.
const WORKED: &str = "Sum(From T In Timesheet Where T.User = user And T.Date >= first And T.Date <= last And T.End <> Null \
    Let Before = Max(T.End) Over (Partition By T.DurationOnly Order By T.Begin Rows Before) \
    Let Own = If(T.DurationOnly Or Before = Null Or Before <= T.Begin, T.End - T.Begin, Before >= T.End, 0h, T.End - Before) \
    Select Hours(Own) * If(weighted, T.Weight.Factor ?? 1, 1))";

/// Its days end with their last moment where they meet an instant.
pub(super) const LAST_OF_INTERVAL: &str = "LastOfInterval";

const BUILT_IN: [BuiltIn; 15] = [
    BuiltIn {
        name: "HasRole",
        parameters: &["code Text"],
        body: "Exists(From A In RoleAssignment Where A.User = CurrentUser And A.Active And A.Role.Code = code)",
    },
    BuiltIn {
        name: "Setting",
        parameters: &["key Text"],
        body: "First(From S In Setting Where S.Key = key Select S.Value)",
    },
    // The company's own word for itself; null where it has none.
    BuiltIn { name: "TenantName", parameters: &[], body: "Setting(\"TenantName\")" },
    BuiltIn {
        name: "WorkdaysBetween",
        parameters: &["first Date", "last Date", "country Text"],
        body: "WeekdaysBetween(first, last, 1) + WeekdaysBetween(first, last, 2) + WeekdaysBetween(first, last, 3) + \
               WeekdaysBetween(first, last, 4) + WeekdaysBetween(first, last, 5) - CountDistinct(From H In Holiday Where \
               H.Country = country And H.Date >= first And H.Date <= last And Weekday(H.Date) <= 5 Select H.Date)",
    },
    BuiltIn {
        name: "PlannedHoursOfWork",
        parameters: &["user User", "first Date", "last Date", "lump Bool=True"],
        body: "PlannedHours(user, first, last)",
    },
    BuiltIn {
        name: "ActualHoursOfWork",
        parameters: &["user User", "first Date", "last Date", "weighted Bool=True"],
        body: WORKED,
    },
    BuiltIn {
        name: "Overtime",
        parameters: &["user User", "at Date", "weighted Bool=True", "lump Bool=True"],
        body: "If(user.HiredOn = Null, Null, ActualHoursOfWork(user, user.HiredOn, at, weighted) - PlannedHours(user, \
               user.HiredOn, at))",
    },
    BuiltIn {
        name: "RemainingVacationWeeks",
        parameters: &["user User", "at Date"],
        body: "(user.VacationDays * MonthsBetween(user.HiredOn, at) / 12 - Sum(From A In Absence Where A.User = user And \
               A.Kind = \"Vacation\" And A.Approved And A.From <= at Select A.Days)) / 5",
    },
    BuiltIn {
        name: "AverageHoursOfWorkPerDay",
        parameters: &["user User", "at Date"],
        body: "First(From W In WeeklyHours Where W.User = user And W.ValidFrom <= at Order By W.ValidFrom Desc Select \
               W.Monday + W.Tuesday + W.Wednesday + W.Thursday + W.Friday + W.Saturday + W.Sunday) / 5",
    },
    BuiltIn {
        name: "GetBookingCompletionDate",
        parameters: &[],
        body: "CurrentUser.CompletedUntil ?? DateOf(Int(Left(Setting(\"CompletedUntil\"), 4)), \
               Int(Mid(Setting(\"CompletedUntil\"), 6, 2)), Int(Mid(Setting(\"CompletedUntil\"), 9, 2)))",
    },
    BuiltIn {
        name: LAST_OF_INTERVAL,
        parameters: &["date Date", "interval Text"],
        body: "If(Fold(interval) = \"day\", date, Fold(interval) = \"week\", EndOfWeek(date), Fold(interval) = \"month\", \
               EndOfMonth(date), Fold(interval) = \"quarter\", EndOfQuarter(date), Fold(interval) = \"year\", EndOfYear(date))",
    },
    BuiltIn {
        name: "FirstOfInterval",
        parameters: &["date Date", "interval Text"],
        body: "If(Fold(interval) = \"day\", date, Fold(interval) = \"week\", StartOfWeek(date), Fold(interval) = \"month\", \
               StartOfMonth(date), Fold(interval) = \"quarter\", StartOfQuarter(date), Fold(interval) = \"year\", \
               StartOfYear(date))",
    },
    BuiltIn {
        name: "FormatDateAsPeriod",
        parameters: &["date Date", "interval Text=\"Month\""],
        body: "If(Fold(interval) = \"year\", FormatDate(date, \"yyyy\"), Fold(interval) = \"quarter\", Text(Year(date)) + \" Q\" + \
               Text(Quarter(date)), Fold(interval) = \"week\", Text(IsoYear(date)) + \" W\" + Right(\"0\" + Text(IsoWeek(date)), \
               2), Fold(interval) = \"day\", FormatDate(date, \"yyyy/MM/dd\"), FormatDate(date, \"yyyy/MM\"))",
    },
    BuiltIn { name: "GetIsInSystemMode", parameters: &[], body: "False" },
    BuiltIn { name: "Translate", parameters: &["key Text", "default Text="], body: "If(default = \"\", key, default)" },
];

/// A function with what stands for arguments that are not written.
pub(super) struct Written {
    pub(super) function: NamedFunction,
    pub(super) defaults: Vec<Option<&'static str>>,
}

pub(super) fn names() -> impl Iterator<Item = &'static str> {
    BUILT_IN.iter().map(|known| known.name)
}

/// Those that have no newer name.
pub(crate) fn todays_names() -> impl Iterator<Item = &'static str> {
    names().filter(|name| !["PlannedHoursOfWork", "GetIsInSystemMode", "Translate"].contains(name))
}

pub(super) fn find(name: &str) -> Option<Written> {
    let known = BUILT_IN.iter().find(|known| known.name.eq_ignore_ascii_case(name))?;
    let mut parameters = Vec::new();
    let mut defaults = Vec::new();
    for written in known.parameters {
        let (declared, default) = match written.split_once('=') {
            Some((declared, default)) => (declared, Some(default)),
            None => (*written, None),
        };
        let (name, kind) = declared.split_once(' ')?;
        parameters.push((name.to_owned(), kind.to_owned()));
        defaults.push(default);
    }
    let function = NamedFunction { name: known.name.to_owned(), parameters, body: known.body.to_owned() };
    Some(Written { function, defaults })
}
