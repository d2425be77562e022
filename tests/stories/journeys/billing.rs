//! What a booking is worth, seen by somebody who bills.

use tests::World;

const WORTH: &str = "From T In Timesheet Order By T.Begin Select { T.Description, T.HourlyRateActual, T.Revenue }";

#[test]
fn a_booking_that_was_billed_keeps_its_rate_when_the_customers_rate_changes() {
    let office = World::new().tenant("acme").person("admin", &["Admin"]).laptop();
    office.books("2026-03-02 08:00", "2026-03-02 10:00", "billed");
    office.books("2026-03-03 08:00", "2026-03-03 10:00", "open");
    let billed = office.finds("From T In Timesheet Where T.Description = \"billed\" Select { T.Id }");
    office.does(&["edit", &billed, "--set", "HourlyRateBilled=120"]);
    office.syncs();
    office.does(&["put", "Customer", "Code=ACME", "Name=Acme Corporation", "HourlyRate=200"]);
    office.syncs();
    assert_eq!(office.asks(WORTH), [["billed", "120", "240"], ["open", "200", "400"]]);
    assert_eq!(office.asks_the_server(WORTH), office.asks(WORTH));
}

#[test]
fn a_look_at_rounded_times_changes_none_and_what_is_round_stays_round() {
    let laptop = World::new().employee().laptop();
    laptop.books("2026-03-02 08:07", "2026-03-02 09:52", "odd");
    laptop.books("2026-03-02 10:00", "2026-03-02 10:45", "round");
    let kept = "From T In Timesheet Order By T.Begin Select { T.Begin, T.End, T.Hours }";
    let before = laptop.asks(kept);
    let looks = "From T In Timesheet Order By T.Begin
        Let Once = RoundTo(T.Begin, 15min), Long = RoundTo(T.Duration, 15min)
        Select { Begin = FormatDate(Once, \"HH:mm\"), Long, Again = RoundTo(Once, 15min) = Once And RoundTo(Long, 15min) = Long }";
    let rounded = laptop.asks(looks);
    assert_eq!(rounded[0][0], "08:00", "{rounded:?}");
    assert_eq!(rounded[1][..2], ["10:00", "PT45M"], "{rounded:?}");
    assert!(rounded.iter().all(|row| row[2] == true), "{rounded:?}");
    assert_eq!(laptop.asks(kept), before);
    laptop.syncs();
    assert_eq!(laptop.asks_the_server(looks), rounded);
}
