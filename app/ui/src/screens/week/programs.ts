import type { SignalStretch } from "../../backend";
import { scale, wall } from "../../state/time";

export interface Used {
  name: string;
  seconds: number;
}

/** How long each program, or each title, was used between two wall times; the longest first. */
export function used(signals: SignalStretch[], begin: string, end: string, by: "program" | "title"): Used[] {
  const sums = new Map<string, number>();
  for (const signal of signals) {
    const name = signal[by];
    if (signal.kind !== "ActiveWindow" || !name) continue;
    const from = Math.max(scale(wall(signal.begin)), scale(begin));
    const to = Math.min(scale(wall(signal.end)), scale(end));
    if (to > from) sums.set(name, (sums.get(name) ?? 0) + (to - from) / 1000);
  }
  return [...sums].map(([name, seconds]) => ({ name, seconds })).sort((a, b) => b.seconds - a.seconds);
}
