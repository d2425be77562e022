import { describe, expect, it } from "vitest";
import type { SignalStretch, TimesheetEntry } from "../../backend";
import { lanes, meant, offers } from "./lanes";

function active(begin: string, end: string, state = "active"): SignalStretch {
  return {
    kind: "Activity", begin: `2026-03-02T${begin}:00+01:00`, end: `2026-03-02T${end}:00+01:00`, seconds: 0,
    program: null, title: null, state,
  };
}

function entry(begin: string, end: string | null): TimesheetEntry {
  return {
    id: "1", date: "2026-03-02", begin: `2026-03-02T${begin}:00+01:00`, end: end && `2026-03-02T${end}:00+01:00`,
    duration: null, seconds: null, duration_only: false, time_zone: "Europe/Vienna", description: null, customer: null,
    project: null, task: null, location: null, home_office: false, billable: false, waiting: false, refused: false,
  };
}

const NOW = "2026-03-02T18:00:00";

function shown(signals: SignalStretch[], entries: TimesheetEntry[], now = NOW): string[] {
  return lanes(signals, entries, now).map((s) => `${s.state} ${s.begin.slice(11, 16)}-${s.end.slice(11, 16)}`);
}

describe("the lane beside the bookings", () => {
  it("tells booked from open activity", () => {
    expect(shown([active("08:00", "10:00")], [entry("08:30", "09:00")])).toEqual([
      "open 08:00-08:30", "booked 08:30-09:00", "open 09:00-10:00",
    ]);
  });

  it("joins activity over short interruptions and shows longer ones as a break", () => {
    expect(shown([active("08:00", "08:58"), active("09:00", "10:00"), active("11:00", "12:00")], [])).toEqual([
      "open 08:00-10:00", "pause 10:00-11:00", "open 11:00-12:00",
    ]);
  });

  it("does not count idle time as activity", () => {
    expect(shown([active("08:00", "09:00", "idle")], [])).toEqual([]);
  });

  it("counts a running timer up to now", () => {
    expect(shown([active("08:00", "10:00")], [entry("09:00", null)], "2026-03-02T09:30:00")).toEqual([
      "open 08:00-09:00", "booked 09:00-09:30", "open 09:30-10:00",
    ]);
  });

  it("offers only stretches that are worth a booking", () => {
    const stretches = lanes([active("08:00", "08:03"), active("09:00", "10:00")], [], NOW);
    expect(offers(stretches).map((stretch) => stretch.begin)).toEqual(["2026-03-02T09:00:00"]);
  });

  it("counts bookings that overlap once", () => {
    expect(shown([active("08:00", "10:00")], [entry("08:00", "09:30"), entry("09:00", "10:00")])).toEqual([
      "booked 08:00-10:00",
    ]);
  });

  it("takes a range that is drawn over an open stretch as that stretch", () => {
    const open = offers(lanes([active("08:03", "09:56")], [], NOW));
    expect(meant("2026-03-02T08:00:00", "2026-03-02T10:00:00", open)).toMatchObject({
      begin: "2026-03-02T08:03:00", end: "2026-03-02T09:56:00",
    });
    const part = { begin: "2026-03-02T08:00:00", end: "2026-03-02T09:00:00" };
    expect(meant(part.begin, part.end, open)).toEqual(part);
  });
});
