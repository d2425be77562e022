import { beforeEach, expect, it, vi } from "vitest";
import type { ListView } from "../../backend";

const waiting: { search: string | null; limit: number; answer: (rows: number) => void }[] = [];

vi.mock("../../backend", () => ({
  sentence: String,
  backend: () => ({
    rows: (entity: string, search: string | null, limit: number) =>
      new Promise<ListView>((resolve) => {
        const rows = (count: number) => Array.from({ length: count }, (_, id) => ({ id: `${search}${id}`, title: "", values: [], titles: [], waiting: false, refused: false }));
        waiting.push({ search, limit, answer: (count) => resolve({ entity: { name: entity, properties: [] }, rows: rows(count) }) });
      }),
  }),
}));

const { list } = await import("./list.svelte");

beforeEach(() => {
  waiting.length = 0;
  list.show("Customer");
});

it("does not let a late answer overwrite a newer one", async () => {
  list.find("a");
  const first = list.load();
  list.find("ab");
  const second = list.load();
  waiting[1]?.answer(1);
  await second;
  waiting[0]?.answer(3);
  await first;
  expect(list.view?.rows.map((row) => row.id)).toEqual(["ab0"]);
});

it("says when there are more rows than it shows, and shows them on demand", async () => {
  const first = list.load();
  waiting[0]?.answer(waiting[0].limit);
  await first;
  expect([list.view?.rows.length, list.more]).toEqual([200, true]);
  list.pages += 1;
  const second = list.load();
  waiting[1]?.answer(250);
  await second;
  expect([list.view?.rows.length, list.more]).toEqual([250, false]);
});
