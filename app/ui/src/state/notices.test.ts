import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { notices } from "./notices.svelte";

beforeEach(() => {
  vi.useFakeTimers();
  notices.list = [];
});
afterEach(() => vi.useRealTimers());

const texts = () => notices.list.map((notice) => notice.text);

it("keeps every notice beside the next one", () => {
  notices.say("one");
  notices.say("two", "error");
  expect(texts()).toEqual(["one", "two"]);
});

it("lets what was only said go by itself and keeps an error until it is closed", () => {
  notices.say("said");
  notices.say("the disk is full", "error");
  vi.advanceTimersByTime(60_000);
  expect(texts()).toEqual(["the disk is full"]);
  notices.close(notices.list[0]?.id);
  expect(texts()).toEqual([]);
});

it("does not say the same twice, and drops what was only said before an error", () => {
  notices.say("broken", "error");
  for (const text of ["a", "b", "c", "d", "broken"]) notices.say(text, text === "broken" ? "error" : "said");
  notices.say("e");
  expect(texts()).toEqual(["b", "c", "d", "broken", "e"]);
});

it("offers undo only beside the newest change", () => {
  notices.say("deleted", "said", true);
  notices.forgetUndo();
  notices.say("moved", "said", true);
  expect(notices.list.map((notice) => notice.undo)).toEqual([false, true]);
});
