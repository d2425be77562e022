import { expect, it } from "vitest";
import { decimalOf, microseconds, millionths } from "./exact";

it("reads decimals to their last digit and writes them back", () => {
  for (const text of ["0", "12.5", "-0.000001", "9223372036854.775807", "100"]) {
    expect(decimalOf(millionths(text) ?? 0n)).toBe(text);
  }
  expect([millionths("1e3"), millionths(""), millionths("1.2345678")]).toEqual([null, null, null]);
});

it("reads ISO 8601 durations", () => {
  const second = 1_000_000n;
  expect(["PT8H", "PT1H30M", "P1DT2H", "-PT45M", "PT0S", "PT1.5S", "8 hours"].map(microseconds)).toEqual([
    28800n * second, 5400n * second, 93600n * second, -2700n * second, 0n, 1_500_000n, null,
  ]);
});
