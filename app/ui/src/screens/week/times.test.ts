import { expect, it } from "vitest";
import type { TimesheetEntry } from "../../backend";
import { stretch, timesOf } from "./times";

const abroad = { time_zone: "America/New_York" } as TimesheetEntry;

it("keeps an entry in the zone in which it was lived", () => {
  expect(timesOf(abroad, "2026-03-02T09:00:00", "2026-03-02T10:30:00")).toEqual({
    Begin: "2026-03-02T09:00:00-05:00", End: "2026-03-02T10:30:00-05:00", UtcOffset: "-300", TimeZone: "America/New_York",
  });
});

it("sends only the end when only the end moved", () => {
  expect(timesOf(abroad, null, "2026-03-02T10:30:00")).toEqual({ End: "2026-03-02T10:30:00-05:00" });
});

it("leaves the zone to the device when this computer does not know it", () => {
  const unknown = { time_zone: "Middle/Earth" } as TimesheetEntry;
  expect(timesOf(unknown, "2026-03-02T09:00:00", null)).toEqual({ Begin: "2026-03-02 09:00" });
});

it("takes an end before the begin for one on the next day, and says so", () => {
  expect(stretch("2026-03-31", "22:30", "01:15")).toEqual({
    begin: "2026-03-31T22:30:00", end: "2026-04-01T01:15:00", overnight: true,
  });
  expect(stretch("2026-03-31", "08:30", "10:00").overnight).toBe(false);
});
