import type { TimesheetEntry } from "../../backend";
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

/** As the device reads times of its own zone. */
function typed(wallTime: string): string {
  return wallTime.slice(0, 16).replace("T", " ");
}
