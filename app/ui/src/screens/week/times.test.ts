import { expect, it } from "vitest";
import type { TimesheetEntry } from "../../backend";
import { timesOf } from "./times";

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
