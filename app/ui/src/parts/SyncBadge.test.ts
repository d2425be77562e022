import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { afterEach, expect, it, vi } from "vitest";

const WAITS = "sign in once more, then your signals travel again";
const synced = { waiting: 0, inbox: 0, last_success: "2026-03-02T10:00:00+01:00", held_up: null, mass_deletion: null };
const status = (reason: string | null, again = false) => ({
  account: { signed_in: true }, sync: { ...synced, segments_held_up: reason, sign_in_again: again },
});
const backend = { status: vi.fn(), sync: vi.fn(() => Promise.resolve({ segments_held_up: WAITS })) };
vi.mock("../backend", () => ({ sentence: String, backend: () => backend }));

const { default: SyncBadge } = await import("./SyncBadge.svelte");
const { notices } = await import("../state/notices.svelte");
const { session } = await import("../state/session.svelte");

afterEach(cleanup);

async function shows(reason: string | null, again = false) {
  backend.status.mockResolvedValue(status(reason, again));
  await session.refresh();
  render(SyncBadge);
}

it("calls all safe when all has travelled", async () => {
  await shows(null);
  expect(screen.getByRole("button").textContent).toContain("Synced");
  expect(screen.queryByText("!")).toBeNull();
});

it("shows that signals wait, says why, and says it again when a sync changes nothing", async () => {
  await shows(WAITS);
  const badge = screen.getByRole("button");
  expect(badge.textContent).toContain("Signals wait");
  expect(badge.title).toBe(WAITS);
  expect(screen.getByText("!")).toBeTruthy();
  await fireEvent.click(badge);
  await waitFor(() => expect(notices.list.map((one) => one.text)).toContain(WAITS));
});

it("asks for the sign-in that lets signals travel again", async () => {
  await shows(WAITS, true);
  await fireEvent.click(screen.getByRole("button"));
  expect(session.signingIn).toBe(true);
});
