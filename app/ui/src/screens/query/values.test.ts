import { expect, it } from "vitest";
import { shownValue } from "./values";

it("shows null as nothing, not as a word", () => {
  expect(shownValue(null, "Text")).toBe("");
});

it("shows an instant by the hour that was lived, and a length as hours and minutes", () => {
  expect(shownValue("2026-03-02T08:30:00+01:00", "DateTime")).toBe("2026-03-02 08:30");
  expect(["PT8H", "PT1H30M", "P1DT2H", "-PT45M", "PT0S"].map((text) => shownValue(text, "Duration"))).toEqual([
    "8:00", "1:30", "26:00", "-0:45", "0:00",
  ]);
});
