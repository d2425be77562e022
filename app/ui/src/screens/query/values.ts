import type { JsonValue } from "../../backend";
import { hours, wall } from "../../state/time";
import { t } from "../../texts";

/** A value of an answer as people read it: durations as h:mm, instants by their wall time. */
export function shownValue(value: JsonValue, type: string): string {
  if (value === null) return "";
  if (type === "Bool") return value ? t("yes") : t("no");
  if (type === "Duration") return hours(secondsOf(String(value)));
  if (type === "DateTime") return wall(String(value)).replace("T", " ").slice(0, 16);
  return String(value);
}

/** Seconds of an ISO 8601 duration of days, hours, minutes and seconds; NaN for any other text. */
export function secondsOf(duration: string): number {
  const match = /^(-)?P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/.exec(duration);
  if (!match) return Number.NaN;
  const [days, hrs, minutes, seconds] = match.slice(2).map((part) => Number(part ?? 0));
  const sum = (days ?? 0) * 86400 + (hrs ?? 0) * 3600 + (minutes ?? 0) * 60 + (seconds ?? 0);
  return match[1] ? -sum : sum;
}
