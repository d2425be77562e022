import type { Day } from "../../backend";
import { scale, wall } from "../../state/time";

/** Seconds that timers which run now have run on this day; never beyond now. */
export function runningSeconds(day: Day, now: string): number {
  return day.entries
    .filter((entry) => entry.end === null)
    .reduce((sum, entry) => sum + Math.max(0, (scale(now) - scale(wall(entry.begin))) / 1000), 0);
}
