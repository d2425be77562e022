import type { TimesheetEntry } from "../../backend";
import { wall } from "../../state/time";

const FIRST = "09:00";
/** The last hour of the day that is whole. */
const LAST = "23:00";

/** An hour for the next booking of a day, in wall times: after what is booked, and in the morning of an empty day. */
export function freeHour(date: string, entries: TimesheetEntry[], now: string): { begin: string; end: string } {
  const ends = entries.filter((entry) => !entry.duration_only).map((entry) => (entry.end ? wall(entry.end) : now));
  const last = ends.sort().at(-1);
  const free = last === undefined ? FIRST : last.slice(0, 10) > date ? LAST : last.slice(11, 16);
  const begin = free > LAST ? LAST : free;
  const next = Number(begin.slice(0, 2)) + 1;
  const end = next > 23 ? "23:59" : `${String(next).padStart(2, "0")}${begin.slice(2)}`;
  return { begin: `${date}T${begin}:00`, end: `${date}T${end}:00` };
}
