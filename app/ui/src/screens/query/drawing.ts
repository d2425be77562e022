import type { JsonValue, QueryResult } from "../../backend";
import { microseconds, millionths } from "./exact";
import { NUMBERS, shownValue } from "./values";

/** What a chart shows: a place on the axis for each label, a series for each colour. */
export interface Drawing {
  labels: string[];
  series: { name: string; values: number[] }[];
  /** The labels are days: a line from one to the next says something. */
  overTime: boolean;
  /** Labels or series that found no room. */
  left: number;
}

/** More are not told apart. */
const SERIES_MAX = 8;
const LABELS_MAX = 400;

/**
 * Numeric columns by the first text or date column. With one numeric column and a second text column, that one makes the
 * series. Rows with the same label are added up. Null: there is nothing to draw.
 */
export function drawing({ columns, rows }: QueryResult): Drawing | null {
  const places = columns.map((column, place) => ({ ...column, place }));
  const numbers = places.filter(({ type }) => NUMBERS.includes(type));
  const names = places.filter(({ type }) => ["Text", "Date", "DateTime", "Bool"].includes(type));
  const axis = names.find(({ type }) => type === "Date" || type === "DateTime") ?? names[0];
  const [number] = numbers;
  if (!axis || !number || rows.length === 0) return null;
  const split = numbers.length === 1 ? names.find(({ place, type }) => place !== axis.place && type === "Text") : undefined;

  const labels = new Set<string>();
  const sums = new Map<string, Map<string, number>>();
  for (const row of rows) {
    const label = shownValue(row[axis.place] ?? null, axis.type) || "–";
    labels.add(label);
    for (const { name, place, type } of split ? [number] : numbers) {
      const series = split ? shownValue(row[split.place] ?? null, split.type) || "–" : name;
      const known = sums.get(series) ?? new Map<string, number>();
      known.set(label, (known.get(label) ?? 0) + sizeOf(row[place] ?? null, type));
      sums.set(series, known);
    }
  }
  const overTime = axis.type === "Date" || axis.type === "DateTime";
  const all = overTime ? [...labels].sort() : [...labels];
  const shown = all.slice(0, LABELS_MAX);
  const series = [...sums].slice(0, SERIES_MAX).map(([name, known]) => ({
    name,
    values: shown.map((label) => known.get(label) ?? 0),
  }));
  return { labels: shown, series, overTime, left: all.length - shown.length + sums.size - series.length };
}

/** For the eye alone: a length in hours. */
function sizeOf(value: JsonValue, type: string): number {
  if (value === null) return 0;
  if (type === "Int") return Number(value);
  const size = type === "Duration" ? (microseconds(String(value)) ?? 0n) / 3_600n : (millionths(String(value)) ?? 0n);
  return Number(size) / 1_000_000;
}
