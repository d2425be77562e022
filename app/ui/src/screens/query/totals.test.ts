import { expect, it } from "vitest";
import { totals } from "./totals";

it("adds up numbers and lengths exactly and leaves everything else alone", () => {
  const columns = ["Text", "Decimal", "Int", "Duration", "Date"].map((type) => ({ name: type, type }));
  const rows = [["a", "0.1", 1, "PT30M", "2026-11-20"], ["b", "0.2", null, "PT45M", null], ["c", null, 2, null, null]];
  expect(totals({ columns, rows })).toEqual([null, "0.3", "3", "1:15", null]);
});

it("keeps sums that a floating-point number would round", () => {
  const columns = [{ name: "Amount", type: "Decimal" }];
  const rows = Array.from({ length: 10 }, () => ["900719925474.099301"]);
  expect(totals({ columns, rows })).toEqual(["9007199254740.99301"]);
});

it("says nothing of a column that has no value", () => {
  expect(totals({ columns: [{ name: "Hours", type: "Decimal" }], rows: [[null], [null]] })).toEqual([null]);
});
