import { expect, it } from "vitest";
import { given } from "./parameters";

it("gives what was typed, lists as JSON, and leaves empty fields out", () => {
  const asked = (name: string, list = false) => ({ name, kind: "Text", entity: null, list, required: false });
  const typed = { from: "2026-11-16", days: "2026-11-16, 2026-11-17;", none: "", old: "of another query" };
  expect(given([asked("from"), asked("days", true), asked("none")], typed)).toEqual({
    from: "2026-11-16",
    days: '["2026-11-16","2026-11-17"]',
  });
});
