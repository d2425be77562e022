import { expect, it } from "vitest";
import type { TimesheetEntry } from "../../backend";
import { freeHour } from "./free";

const DAY = "2026-03-02";
const NOW = `${DAY}T16:20:30`;

function check(ends: (string | null)[], begin: string, end: string) {
  const entries = ends.map((at) => ({ end: at && `${at}:00+01:00`, duration_only: false }) as TimesheetEntry);
  expect(freeHour(DAY, entries, NOW)).toEqual({ begin: `${DAY}T${begin}:00`, end: `${DAY}T${end}:00` });
}

it("proposes the hour after what is booked", () => {
  check([`${DAY}T12:15`, `${DAY}T10:00`], "12:15", "13:15");
  check([null], "16:20", "17:20");
});

it("proposes the morning of an empty day, and nothing behind midnight", () => {
  check([], "09:00", "10:00");
  check([`${DAY}T23:30`], "23:00", "23:59");
  check(["2026-03-03T01:00"], "23:00", "23:59");
});
