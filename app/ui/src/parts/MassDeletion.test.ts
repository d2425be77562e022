import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { afterEach, expect, it, vi } from "vitest";

const backend = {
  status: vi.fn(() => Promise.resolve({ account: null })),
  syncWithDeletion: vi.fn(() => Promise.resolve()),
  syncKeepingRows: vi.fn(() => Promise.resolve()),
};
vi.mock("../backend", () => ({ sentence: String, backend: () => backend }));

const { default: MassDeletion } = await import("./MassDeletion.svelte");

afterEach(() => {
  cleanup();
  vi.clearAllMocks();
});

async function presses(button: string) {
  const close = vi.fn();
  render(MassDeletion, { deletion: { rows: 60, of: 80 }, close });
  await fireEvent.click(screen.getByText(button));
  return close;
}

function calls() {
  return [backend.syncKeepingRows.mock.calls.length, backend.syncWithDeletion.mock.calls.length];
}

it("offers the rows to the server again, accepts what it takes away, or leaves both for later", async () => {
  for (const [button, expected] of [["Keep my rows", [1, 0]], ["Accept the deletion", [0, 1]], ["Decide later", [0, 0]]] as const) {
    const close = await presses(button);
    await waitFor(() => expect(close).toHaveBeenCalledOnce());
    expect(calls()).toEqual(expected);
    cleanup();
    vi.clearAllMocks();
  }
});

it("stays when the server could not be asked", async () => {
  backend.syncKeepingRows.mockRejectedValueOnce("the server is away");
  const close = await presses("Keep my rows");
  await waitFor(() => expect(backend.syncKeepingRows).toHaveBeenCalledOnce());
  await waitFor(() => expect(screen.getByText<HTMLButtonElement>("Keep my rows").disabled).toBe(false));
  expect(close).not.toHaveBeenCalled();
});
