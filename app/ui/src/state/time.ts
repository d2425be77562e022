// Times of the calendar are wall times, `2026-01-31T08:30:00`: the hour that the person lived, wherever the window is.

/** The wall time of an RFC 3339 instant: what stands before its offset. */
export function wall(instant: string): string {
  return instant.slice(0, 19);
}

export function dateOf(date: Date): string {
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** `08:30` */
export function clock(date: Date): string {
  return `${two(date.getHours())}:${two(date.getMinutes())}`;
}

export function addDays(day: string, days: number): string {
  const date = new Date(`${day}T12:00:00`);
  date.setDate(date.getDate() + days);
  return dateOf(date);
}

/** Seconds as `h:mm`, to the nearest minute. */
export function hours(seconds: number): string {
  const minutes = Math.round(Math.abs(seconds) / 60);
  return `${seconds < 0 ? "-" : ""}${Math.floor(minutes / 60)}:${two(minutes % 60)}`;
}

/** Seconds as `h:mm:ss`, for a timer that runs. */
export function timer(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  return `${Math.floor(whole / 3600)}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`;
}

/** Milliseconds of a wall time on a scale without daylight saving, for lengths inside one calendar. */
export function scale(wallTime: string): number {
  return Date.parse(`${wallTime.slice(0, 19)}Z`);
}

function two(number: number): string {
  return String(number).padStart(2, "0");
}
