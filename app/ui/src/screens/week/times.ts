import type { TimesheetEntry } from "../../backend";
import { addDays } from "../../state/time";
import { livedIn } from "../../state/zone";

/**
 * What an edit sends for new wall times of an entry. They are of the zone in which the entry was lived: an entry of a
 * journey stays where it was, on whatever computer it is moved.
 */
export function timesOf(entry: TimesheetEntry, begin: string | null, end: string | null): Record<string, string> {
  const set: Record<string, string> = {};
  const lived = begin === null ? null : livedIn(entry.time_zone, begin);
  if (begin !== null) set.Begin = lived?.instant ?? typed(begin);
  if (end !== null) set.End = livedIn(entry.time_zone, end)?.instant ?? typed(end);
  if (lived) Object.assign(set, { UtcOffset: String(lived.offset), TimeZone: entry.time_zone });
  return set;
}

/** What was typed as wall times. An end that is earlier than its begin is on the next day, and whoever types it is told so. */
export function stretch(date: string, begin: string, end: string): { begin: string; end: string; overnight: boolean } {
  const overnight = end !== "" && end < begin;
  return { begin: `${date}T${begin}:00`, end: `${overnight ? addDays(date, 1) : date}T${end}:00`, overnight };
}

/** As the device reads times of its own zone. */
function typed(wallTime: string): string {
  return wallTime.slice(0, 16).replace("T", " ");
}
