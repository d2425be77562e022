import { tick } from "svelte";

let marked = false;

/**
 * Marks `week-painted` in the page's timeline once: the second frame after the first week's bookings are in the page. A
 * benchmark of the start reads `performance.timeOrigin` and the mark's `startTime`; both together are the clock's time.
 */
export async function markWeekPainted(): Promise<void> {
  if (marked) return;
  marked = true;
  await tick();
  requestAnimationFrame(() => requestAnimationFrame(() => performance.mark("week-painted")));
}
