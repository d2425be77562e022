import { expect, it } from "vitest";
import { livedIn } from "./zone";

it("takes the clocks of the zone in which the entry was lived", () => {
  expect(livedIn("America/New_York", "2026-03-02T08:30:00")).toEqual({ instant: "2026-03-02T08:30:00-05:00", offset: -300 });
  expect(livedIn("Asia/Kolkata", "2026-07-01T00:15:00")).toEqual({ instant: "2026-07-01T00:15:00+05:30", offset: 330 });
});

it("moves a time that does not exist forward, and takes the earlier of one that exists twice", () => {
  expect(livedIn("Europe/Vienna", "2026-03-29T02:30:00")?.instant).toBe("2026-03-29T03:30:00+02:00");
  expect(livedIn("Europe/Vienna", "2026-10-25T02:30:00")?.instant).toBe("2026-10-25T02:30:00+02:00");
});

it("knows the offset on both sides of a change of the clocks", () => {
  expect(livedIn("Europe/Vienna", "2026-03-29T01:59:00")?.offset).toBe(60);
  expect(livedIn("Europe/Vienna", "2026-03-29T03:00:00")?.offset).toBe(120);
});

it("says nothing of a zone that does not exist", () => {
  expect(livedIn("Middle/Earth", "2026-03-02T08:30:00")).toBeNull();
});
