import { expect, it } from "vitest";
import { addDays, hours, timer, wall } from "./time";

it("shows durations as hours and minutes, to the nearest minute", () => {
  expect([0, 59, 60 * 42 + 31, 3600 * 7 + 60 * 45, -1800].map(hours)).toEqual(["0:00", "0:01", "0:43", "7:45", "-0:30"]);
});

it("shows a running timer with its seconds", () => {
  expect(timer(2533.9)).toBe("0:42:13");
});

it("keeps the hour that the person lived, whatever the offset", () => {
  expect(wall("2026-10-25T02:30:00+02:00")).toBe("2026-10-25T02:30:00");
});

it("walks over the days on which clocks change", () => {
  expect(addDays("2026-03-28", 1)).toBe("2026-03-29");
  expect(addDays("2026-10-25", 1)).toBe("2026-10-26");
});
