import { expect, it, vi } from "vitest";

const status = vi.fn();
vi.mock("../backend", () => ({ sentence: String, backend: () => ({ status }) }));

const { session } = await import("./session.svelte");
const { notices } = await import("./notices.svelte");

it("says why there is nothing to show until there is, and keeps what is shown when it fails again", async () => {
  status.mockRejectedValueOnce("the file of this home is cut off");
  await session.look();
  expect([session.status, session.failure]).toEqual([null, "the file of this home is cut off"]);

  status.mockResolvedValueOnce({ account: null });
  await session.look();
  expect([session.status, session.failure]).toEqual([{ account: null }, null]);

  status.mockRejectedValueOnce("the disk is away");
  await session.look();
  expect([session.status, session.failure]).toEqual([{ account: null }, null]);
  expect(notices.list.map((notice) => notice.text)).toEqual(["the disk is away"]);
});
