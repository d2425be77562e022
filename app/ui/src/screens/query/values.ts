import type { JsonValue } from "../../backend";
import { hours, wall } from "../../state/time";
import { t } from "../../texts";
import { microseconds } from "./exact";

/** Types that stand at the right of their column and are added up. */
export const NUMBERS = ["Int", "Decimal", "Duration"];

/** A value of an answer as people read it: durations as h:mm, instants by their wall time. */
export function shownValue(value: JsonValue, type: string): string {
  if (value === null) return "";
  if (type === "Bool") return value ? t("yes") : t("no");
  if (type === "Duration") return clockOf(microseconds(String(value)) ?? 0n);
  if (type === "DateTime") return wall(String(value)).replace("T", " ").slice(0, 16);
  return String(value);
}

/** `1:30` of microseconds. */
export function clockOf(length: bigint): string {
  return hours(Number(length / 1_000_000n));
}
