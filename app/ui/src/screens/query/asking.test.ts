import { beforeEach, expect, it, vi } from "vitest";
import type { QueryResult, SavedQuery } from "../../backend";

const query = vi.fn();
const cancelQuery = vi.fn();
const device = { query, cancelQuery };
vi.mock("../../backend", () => ({ backend: () => device, problems: () => [], sentence: String }));

const { asking, FIRST } = await import("./asking.svelte");
const { saved } = await import("./saved.svelte");

const answer = (name: string): QueryResult => ({ columns: [{ name, type: "Int" }], rows: [[1]] });
const kept = (id: string, kind = "query"): SavedQuery => ({
  id, name: id, kind, text: `From ${id}`, shared: false, mine: true, owner: "employee", waiting: false,
});

beforeEach(() => {
  query.mockReset();
  saved.list = [kept("a"), kept("b", "report")];
  saved.choose(null);
  saved.choose(null);
});

it("drops the answer of a query that was left, and ends it", async () => {
  let late: (result: QueryResult) => void = () => undefined;
  query.mockReturnValueOnce(new Promise((resolve) => (late = resolve)));
  const running = asking.run();
  const number = asking.running;
  saved.choose(kept("a"));
  expect(cancelQuery).toHaveBeenCalledWith(number);
  query.mockResolvedValueOnce(answer("new"));
  await asking.run();
  late(answer("old"));
  await running;
  expect(asking.result?.columns[0]?.name).toBe("new");
  expect(asking.running).toBeNull();
});

it("says why a query failed and forgets it with the next one", async () => {
  query.mockRejectedValueOnce("the server is away");
  await asking.run();
  expect([asking.failure, asking.running]).toEqual(["the server is away", null]);
  query.mockResolvedValueOnce(answer("fine"));
  await asking.run();
  expect([asking.failure, asking.result?.rows.length]).toEqual([null, 1]);
});

it("keeps what was written and not saved until the person comes back to it", () => {
  saved.choose(kept("a"));
  asking.text = "From a, changed";
  saved.choose(kept("b"));
  expect([asking.text, saved.isChanged]).toEqual(["From b", false]);
  saved.choose(kept("a"));
  expect([asking.text, saved.isChanged]).toEqual(["From a, changed", true]);
  saved.choose(null);
  expect(asking.text).toBe(FIRST);
  asking.text = "From something";
  saved.choose(kept("a"));
  saved.choose(null);
  expect(asking.text).toBe("From something");
  saved.choose(null);
  expect(asking.text).toBe(FIRST);
});

it("opens a report with its chart", () => {
  saved.choose(kept("b", "report"));
  expect(asking.shown).toBe("chart");
});
