import { expect, it } from "vitest";
import type { JsonValue } from "../../backend";
import { drawing } from "./drawing";

function answer(columns: [string, string][], rows: JsonValue[][]) {
  return { columns: columns.map(([name, type]) => ({ name, type })), rows };
}

it("draws numbers by the first day, in the order of time, and a second text as series", () => {
  const columns: [string, string][] = [["Project", "Text"], ["Date", "Date"], ["Hours", "Decimal"]];
  const rows = [["Portal", "2026-11-20", "2.5"], ["Move", "2026-11-19", "1"], ["Portal", "2026-11-19", "4"]];
  expect(drawing(answer(columns, rows))).toEqual({
    labels: ["2026-11-19", "2026-11-20"],
    series: [{ name: "Portal", values: [4, 2.5] }, { name: "Move", values: [1, 0] }],
    overTime: true,
    left: 0,
  });
});

it("draws several numbers beside each other and lengths as hours", () => {
  const columns: [string, string][] = [["Name", "Text"], ["Time", "Duration"], ["Count", "Int"]];
  const found = drawing(answer(columns, [["a", "PT1H30M", 3], [null, null, 1], ["a", "PT30M", 1]]));
  expect(found?.labels).toEqual(["a", "–"]);
  expect(found?.series).toEqual([{ name: "Time", values: [2, 0] }, { name: "Count", values: [4, 1] }]);
});

it("says how much found no room, and draws nothing without numbers or names", () => {
  const columns: [string, string][] = [["Day", "Date"], ["Who", "Text"], ["N", "Int"]];
  const rows = Array.from({ length: 10 }, (_, index) => ["2026-11-20", `person ${index}`, index]);
  expect(drawing(answer(columns, rows))?.left).toBe(2);
  expect(drawing(answer([["N", "Int"]], [[1]]))).toBeNull();
  expect(drawing(answer([["Name", "Text"]], [["a"]]))).toBeNull();
});
