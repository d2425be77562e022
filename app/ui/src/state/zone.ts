import { scale } from "./time";

const DAY_MS = 86_400_000;

/** An instant with the offset that applied there: RFC 3339, and the offset in minutes. */
export interface Lived {
  instant: string;
  offset: number;
}

/**
 * The instant at which the clocks of a zone showed a wall time, `2026-03-02T08:30:00`. A time that does not exist moves
 * forward, one that exists twice is the earlier. Null for a zone that this computer does not know.
 */
export function livedIn(zone: string, wallTime: string): Lived | null {
  const local = scale(wallTime);
  try {
    const around = [local - DAY_MS, local + DAY_MS].map((at) => offsetAt(zone, at));
    const before = around[0] ?? 0;
    const right = around.find((offset) => offsetAt(zone, local - offset * 60_000) === offset) ?? before;
    const at = local - right * 60_000;
    const offset = offsetAt(zone, at);
    return { instant: `${new Date(at + offset * 60_000).toISOString().slice(0, 19)}${written(offset)}`, offset };
  } catch {
    return null;
  }
}

/** Minutes before UTC. */
function offsetAt(zone: string, instant: number): number {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone: zone, hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric", hour: "numeric",
    minute: "numeric", second: "numeric",
  });
  const part = Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
  return Math.round((Date.UTC(year, month - 1, day, hour, minute, second) - instant) / 60_000);
}

function written(offset: number): string {
  const size = Math.abs(offset);
  const two = (number: number) => String(number).padStart(2, "0");
  return `${offset < 0 ? "-" : "+"}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}
