import { expect, it } from "vitest";
import { bytesBefore, diagnostics, parameterNames, unitsAt } from "./places";

it("finds the place of an error behind letters of several bytes", () => {
  const text = 'From T In Timesheet Where T.Location = "Köln" And T.Descripton = Null';
  const bytes = new TextEncoder().encode(text.slice(0, text.indexOf("Descripton"))).length;
  expect(unitsAt(text, bytes)).toBe(text.indexOf("Descripton"));
  expect(bytesBefore(text, text.indexOf("Descripton"))).toBe(bytes);
});

it("keeps an error at the end of the text inside the text", () => {
  const [found] = diagnostics("From", [{ message: "m", begin: 4, end: 9, help: null, warning: false }]);
  expect([found?.from, found?.to]).toEqual([4, 4]);
});

it("names each parameter once and none inside a text or a comment", () => {
  expect(parameterNames(`From T In Timesheet Where T.Date >= @from And T.Date <= @to And T.Date <> @From // @no
    And T.Description <> "@neither"`)).toEqual(["from", "to"]);
});
