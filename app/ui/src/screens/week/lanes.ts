import type { SignalStretch, TimesheetEntry } from "../../backend";
import { scale, wall } from "../../state/time";

export type LaneState = "booked" | "open" | "pause";

/** A stretch of the lane beside the bookings, in wall times. */
export interface Stretch {
  state: LaneState;
  begin: string;
  end: string;
}

/** Activity that is interrupted for less than this reads as one stretch. */
const JOIN_MS = 5 * 60_000;
/** Open stretches below this are not offered for booking. */
export const OFFER_MS = 5 * 60_000;

/** As near to a stretch's ends as a hand draws. */
const NEAR_MS = 10 * 60_000;

interface Span {
  from: number;
  to: number;
}

/**
 * What the computer was used for against what is booked: active and booked, active and open, or a break between two
 * active stretches of one day.
 */
export function lanes(signals: SignalStretch[], entries: TimesheetEntry[], now: string): Stretch[] {
  const active = join(
    signals
      .filter((signal) => signal.kind === "Activity" && signal.state === "active")
      .map((signal) => span(signal.begin, signal.end)),
  );
  const booked = join(
    entries.filter((entry) => !entry.duration_only).map((entry) => span(entry.begin, entry.end ?? now)),
    0,
  );
  const stretches = active.flatMap((stretch) => [
    ...booked.flatMap((other) => overlap(stretch, other, "booked")),
    ...without(stretch, booked).map((open) => named("open", open)),
  ]);
  return [...stretches, ...pauses(active)].sort((a, b) => a.begin.localeCompare(b.begin));
}

/** Open stretches that are worth a booking. */
export function offers(stretches: Stretch[]): Stretch[] {
  return stretches.filter((stretch) => stretch.state === "open" && lengthOf(stretch) >= OFFER_MS / 1000);
}

/** A range that was drawn over an open stretch, by hand, means that stretch. */
export function meant(begin: string, end: string, offered: Stretch[]): { begin: string; end: string } {
  const near = (a: string, b: string) => Math.abs(scale(a) - scale(b)) <= NEAR_MS;
  return offered.find((stretch) => near(stretch.begin, begin) && near(stretch.end, end)) ?? { begin, end };
}

/** Seconds. */
export function lengthOf(stretch: { begin: string; end: string }): number {
  return (scale(stretch.end) - scale(stretch.begin)) / 1000;
}

function pauses(active: Span[]): Stretch[] {
  return active.slice(1).flatMap((next, index) => {
    const before = active[index];
    return before && text(before.to).slice(0, 10) === text(next.from).slice(0, 10)
      ? [named("pause", { from: before.to, to: next.from })]
      : [];
  });
}

function span(begin: string, end: string): Span {
  return { from: scale(wall(begin)), to: scale(wall(end)) };
}

function join(spans: Span[], gap = JOIN_MS): Span[] {
  const joined: Span[] = [];
  for (const next of spans.filter((one) => one.to > one.from).sort((a, b) => a.from - b.from)) {
    const last = joined.at(-1);
    if (last && next.from - last.to <= gap) last.to = Math.max(last.to, next.to);
    else joined.push({ ...next });
  }
  return joined;
}

function overlap(a: Span, b: Span, state: LaneState): Stretch[] {
  const both = { from: Math.max(a.from, b.from), to: Math.min(a.to, b.to) };
  return both.to > both.from ? [named(state, both)] : [];
}

function without(stretch: Span, others: Span[]): Span[] {
  let rest = [stretch];
  for (const other of others) {
    rest = rest.flatMap((part) =>
      [
        { from: part.from, to: Math.min(part.to, other.from) },
        { from: Math.max(part.from, other.to), to: part.to },
      ].filter((one) => one.to > one.from),
    );
  }
  return rest;
}

function named(state: LaneState, one: Span): Stretch {
  return { state, begin: text(one.from), end: text(one.to) };
}

function text(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 19);
}
