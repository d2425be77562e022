import type { Calendar } from "@event-calendar/core";
import type { TimesheetEntry, Week } from "../../backend";
import { colour } from "../../state/choices";
import { hours, wall } from "../../state/time";
import { t } from "../../texts";
import { lengthOf, type Stretch } from "./lanes";

/** What stands behind a box of the calendar. */
export type Box = { kind: "entry"; entry: TimesheetEntry } | { kind: "offer"; stretch: Stretch } | { kind: "lane" };

export function boxOf(event: Calendar.Event): Box {
  return event.extendedProps.box as Box;
}

/** Boxes of one week: bookings, stretches offered for booking, and the lane of signals. */
export function boxes(week: Week, stretches: Stretch[], offered: Stretch[], now: string): Calendar.EventInput[] {
  const entries = week.days.flatMap((day) => day.entries);
  return [
    ...entries.map((entry) => booking(entry, now)),
    ...offered.map(offer),
    ...stretches.map(lane),
  ];
}

export function titleOf(entry: TimesheetEntry): string {
  const place = entry.customer && entry.project ? `${entry.customer.code} · ${entry.project.name}` : entry.project?.name;
  return [place, entry.description].filter(Boolean).join(": ") || t("booking");
}

function booking(entry: TimesheetEntry, now: string): Calendar.EventInput {
  const running = entry.end === null;
  return {
    id: entry.id,
    start: wall(entry.begin),
    end: running ? now : wall(entry.end ?? now),
    allDay: entry.duration_only,
    startEditable: !entry.duration_only,
    durationEditable: !running && !entry.duration_only,
    title: titleOf(entry),
    classNames: ["booking", running ? "running" : "", entry.refused ? "refused" : ""].filter(Boolean),
    styles: [`--c: ${colour(entry.project?.id)}`],
    extendedProps: { box: { kind: "entry", entry } satisfies Box },
  };
}

function offer(stretch: Stretch): Calendar.EventInput {
  return {
    id: `offer ${stretch.begin}`,
    start: stretch.begin,
    end: stretch.end,
    startEditable: false,
    durationEditable: false,
    title: t("notBooked", { time: hours(lengthOf(stretch)) }),
    classNames: ["offer"],
    extendedProps: { box: { kind: "offer", stretch } satisfies Box },
  };
}

function lane(stretch: Stretch): Calendar.EventInput {
  return {
    id: `lane ${stretch.begin}`,
    start: stretch.begin,
    end: stretch.end,
    display: "background",
    title: "",
    classNames: ["lane", stretch.state],
    extendedProps: { box: { kind: "lane" } satisfies Box },
  };
}
