import { expect, it } from "vitest";
import { secondsOf, shownValue } from "./values";

it("reads ISO 8601 durations", () => {
  expect(["PT8H", "PT1H30M", "P1DT2H", "-PT45M", "PT0S", "PT1.5S"].map(secondsOf)).toEqual([
    28800, 5400, 93600, -2700, 0, 1.5,
  ]);
  expect(secondsOf("8 hours")).toBeNaN();
});

it("shows null as nothing, not as a word", () => {
  expect(shownValue(null, "Text")).toBe("");
});

it("shows an instant by the hour that was lived", () => {
  expect(shownValue("2026-03-02T08:30:00+01:00", "DateTime")).toBe("2026-03-02 08:30");
});
