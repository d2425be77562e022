import { expect, it } from "vitest";
import type { Problem } from "../../backend";
import { bytesBefore, diagnostics, parameterNames, unitMap, unitsAt } from "./places";

const problem: Problem = { code: "syntax", message: "m", begin: 0, end: 0, help: null, warning: false, labels: [], fixes: [] };

it("finds the place of an error behind letters of several bytes", () => {
  const text = 'From T In Timesheet Where T.Location = "Köln" And T.Descripton = Null';
  const bytes = new TextEncoder().encode(text.slice(0, text.indexOf("Descripton"))).length;
  expect(unitsAt(text, bytes)).toBe(text.indexOf("Descripton"));
  expect(bytesBefore(text, text.indexOf("Descripton"))).toBe(bytes);
});

it("keeps an error at the end of the text inside the text", () => {
  const [found] = diagnostics("From", [{ ...problem, begin: 4, end: 9 }]);
  expect([found?.from, found?.to]).toEqual([4, 4]);
});

it("names each parameter once and none inside a text or a comment", () => {
  expect(parameterNames(`From T In Timesheet Where T.Date >= @from And T.Date <= @to And T.Date <> @From // @no
    And T.Description <> "@neither"`)).toEqual(["from", "to"]);
});

it("knows all places of a text at once, also behind letters of several bytes", () => {
  const text = 'Köln 🏔 "x"';
  const units = unitMap(text);
  for (const place of [0, 1, 2, 4, 5, 7, text.length]) expect(units(bytesBefore(text, place))).toBe(place);
  expect(units(999)).toBe(text.length);
});

it("offers each repair of a problem by what it writes", () => {
  const fixes = [{ begin: 0, end: 4, replacement: "From" }];
  const [found] = diagnostics("Form", [{ ...problem, end: 4, fixes }]);
  expect(found?.actions?.map(({ name }) => name)).toEqual(["Write “From”"]);
});
