import { expect, it, vi } from "vitest";

const opening = vi.fn();
const status = vi.fn();
vi.mock("../backend", () => ({ sentence: String, backend: () => ({ opening, status }) }));

const { session } = await import("./session.svelte");
const { notices } = await import("./notices.svelte");

it("says why there is nothing to show until there is, and keeps what is shown when it fails again", async () => {
  opening.mockRejectedValueOnce("the file of this home is cut off");
  await session.look();
  expect([session.status, session.failure]).toEqual([null, "the file of this home is cut off"]);

  const week = { begin: "2026-11-16", end: "2026-11-22" };
  opening.mockResolvedValueOnce({ status: { account: null }, week });
  await session.look();
  expect([session.status, session.failure]).toEqual([{ account: null }, null]);

  status.mockRejectedValueOnce("the disk is away");
  await session.look();
  expect([session.status, session.failure]).toEqual([{ account: null }, null]);
  expect(notices.list.map((notice) => notice.text)).toEqual(["the disk is away"]);
});

it("gives the week of the opening once, and for its own days only", async () => {
  const week = { begin: "2026-11-16", end: "2026-11-22" };
  for (const [day, given] of [["2026-11-22", week], ["2026-11-23", null]] as const) {
    session.status = null;
    opening.mockResolvedValueOnce({ status: { account: null }, week });
    await session.look();
    expect(session.firstWeek(day)).toEqual(given);
    expect(session.firstWeek(day)).toBeNull();
  }
});
