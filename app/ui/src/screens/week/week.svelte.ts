import { backend, sentence, type SignalStretch, type TimesheetEntry, type Week } from "../../backend";
import { notices } from "../../state/notices.svelte";
import { session } from "../../state/session.svelte";
import { addDays, dateOf, wall } from "../../state/time";
import { freeHour } from "./free";
import { lanes, meant, offers, type Stretch } from "./lanes";
import { markWeekPainted } from "./painted";
import { runningSeconds } from "./sums";

/** A stretch that the inspector is about: an entry, or a place where one could be. */
export interface Selection {
  begin: string;
  end: string;
  entry: TimesheetEntry | null;
}

const WEEKEND = "week.weekend";

/** The week that is shown, with its signals. */
class ShownWeek {
  day = $state(dateOf(new Date()));
  week = $state<Week | null>(null);
  signals = $state<SignalStretch[]>([]);
  selection = $state<Selection | null>(null);
  now = $state(nowWall());
  /** Whether Saturday and Sunday are shown; null as long as the person has not said, then they are when they hold something. */
  weekendWanted = $state(keptWeekend());

  stretches = $derived<Stretch[]>(this.week ? lanes(this.signals, this.entries, this.now) : []);
  offered = $derived<Stretch[]>(offers(this.stretches));

  weekendDays = $derived(this.week?.days.filter((day) => isWeekend(day.date)) ?? []);
  weekendSeconds = $derived(
    this.weekendDays.reduce((sum, day) => sum + day.seconds + runningSeconds(day, this.now), 0),
  );
  weekend = $derived(
    this.weekendWanted ??
      (this.weekendSeconds > 0 ||
        this.weekendDays.some((day) => day.entries.length > 0 || this.now.startsWith(day.date)) ||
        this.stretches.some((stretch) => isWeekend(stretch.begin))),
  );

  shownDays = $derived(this.week?.days.filter((day) => this.weekend || !isWeekend(day.date)) ?? []);

  get entries(): TimesheetEntry[] {
    return this.week?.days.flatMap((day) => day.entries) ?? [];
  }

  async load(): Promise<void> {
    const { day } = this;
    try {
      const week = session.firstWeek(day) ?? (await backend().week(day));
      // An answer for a week that is no longer shown comes too late.
      if (day !== this.day) return;
      this.now = nowWall();
      this.week = week;
      this.#follow();
      void markWeekPainted();
      // Without the key on this device there are bookings but no lane.
      const signals = session.status?.signals.unlocked ? await backend().signals(week.begin, week.end) : [];
      if (day === this.day) this.signals = signals;
    } catch (error) {
      notices.say(sentence(error), "error");
    }
  }

  /** Running timers grow. */
  tick(): void {
    this.now = nowWall();
  }

  switchWeekend(): void {
    this.weekendWanted = !this.weekend;
    localStorage.setItem(WEEKEND, String(this.weekendWanted));
  }

  show(day: string): void {
    this.day = day;
    this.selection = null;
  }

  turn(weeks: number): void {
    this.show(addDays(this.day, 7 * weeks));
  }

  select(begin: string, end: string, entry: TimesheetEntry | null = null): void {
    this.selection = { begin, end, entry };
  }

  /** Begins a booking where one fits on the shown week's day: today, else its first working day. */
  begin(): void {
    const days = this.week?.days ?? [];
    const day = days.find((one) => one.date === this.now.slice(0, 10)) ?? days.find((one) => !isWeekend(one.date));
    if (!day) return;
    const range = freeHour(day.date, day.entries, this.now);
    this.select(range.begin, range.end);
  }

  /** A range that was drawn by hand. */
  draw(begin: string, end: string): void {
    const range = meant(begin, end, this.offered);
    this.select(range.begin, range.end);
  }

  /** The open stretch at a time, if there is one. */
  pickOffer(at: string): void {
    const stretch = this.offered.find((one) => one.begin.slice(0, 16) <= at.slice(0, 16) && at < one.end);
    if (stretch) this.select(stretch.begin, stretch.end);
  }

  selectEntry(entry: TimesheetEntry): void {
    this.select(wall(entry.begin), entry.end ? wall(entry.end) : this.now, entry);
  }

  /** Walks over the stretches that are not booked. */
  nextOffer(step: 1 | -1): void {
    const list = this.offered;
    if (list.length === 0) return;
    const at = list.findIndex((stretch) => stretch.begin === this.selection?.begin);
    const next = list[(at + step + list.length) % list.length];
    if (next) this.select(next.begin, next.end);
  }

  /** After a change the selected entry is shown as it is now; one that is gone is no longer selected. */
  #follow(): void {
    const id = this.selection?.entry?.id;
    if (!id) return;
    const entry = this.entries.find((one) => one.id === id);
    if (entry) this.selectEntry(entry);
    else this.selection = null;
  }
}

function keptWeekend(): boolean | null {
  const kept = localStorage.getItem(WEEKEND);
  return kept === null ? null : kept === "true";
}

/** Of a day, or of a wall time. */
function isWeekend(wallTime: string): boolean {
  return [0, 6].includes(weekday(wallTime));
}

/** 0 = Sunday. */
export function weekday(wallTime: string): 0 | 1 | 2 | 3 | 4 | 5 | 6 {
  return new Date(`${wallTime.slice(0, 10)}T12:00:00`).getDay() as ReturnType<typeof weekday>;
}

function nowWall(): string {
  const now = new Date();
  return `${dateOf(now)}T${now.toTimeString().slice(0, 8)}`;
}

export const shown = new ShownWeek();
