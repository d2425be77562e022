import { expect, it } from "vitest";
import type { JsonValue } from "../../backend";
import { nextOrder, ordered } from "./order";

function check(type: string, values: JsonValue[], expected: JsonValue[]) {
  const rows = ordered(values.map((value) => [value]), { column: 0, descending: false }, type);
  expect(rows.map((row) => row[0])).toEqual(expected);
}

it("orders each type in its own way, nothing first", () => {
  check("Decimal", ["10", null, "9.5", "-1"], [null, "-1", "9.5", "10"]);
  check("Int", [10, 9, null, -1], [null, -1, 9, 10]);
  check("Duration", ["PT2H", "PT30M", "P1D", null], [null, "PT30M", "PT2H", "P1D"]);
  check("Bool", [true, null, false], [null, false, true]);
  check("Date", ["2026-11-20", "2025-12-31", null], [null, "2025-12-31", "2026-11-20"]);
  check("Text", ["b", "Ä", "a", null, "Z"], [null, "a", "Ä", "b", "Z"]);
});

it("orders instants by when they were, not by how they are written", () => {
  const later = "2026-10-25T02:10:00+01:00";
  check("DateTime", [later, "2026-10-25T02:50:00+02:00"], ["2026-10-25T02:50:00+02:00", later]);
});

it("goes down with the second click, back with the third, and keeps equal rows as they came", () => {
  const up = nextOrder(null, 1);
  expect([up, nextOrder(up, 1), nextOrder(nextOrder(up, 1), 1)]).toEqual([
    { column: 1, descending: false }, { column: 1, descending: true }, null,
  ]);
  expect(nextOrder(up, 0)).toEqual({ column: 0, descending: false });
  const rows = [["x", 1], ["y", 2], ["z", 1]];
  expect(ordered(rows, { column: 1, descending: true }, "Int")).toEqual([["y", 2], ["x", 1], ["z", 1]]);
});
