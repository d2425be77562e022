import { expect, it } from "vitest";
import type { Day, TimesheetEntry } from "../../backend";
import { runningSeconds } from "./sums";

const entry = (begin: string, end: string | null) => ({ begin, end }) as TimesheetEntry;
const day = (...entries: TimesheetEntry[]): Day => ({ date: "2026-03-02", seconds: 0, entries });

it("counts a running timer to now and a finished entry not again", () => {
  const entries = [entry("2026-03-02T08:00:00+01:00", "2026-03-02T09:00:00+01:00"), entry("2026-03-02T09:30:00+01:00", null)];
  expect(runningSeconds(day(...entries), "2026-03-02T10:00:00")).toBe(1800);
});

it("does not count a timer that begins after now, on a clock that is behind", () => {
  expect(runningSeconds(day(entry("2026-03-02T11:00:00+01:00", null)), "2026-03-02T10:00:00")).toBe(0);
});
