import type { JsonValue } from "../../backend";
import { language } from "../../texts";
import { microseconds, millionths } from "./exact";

export interface Order {
  column: number;
  descending: boolean;
}

const words = new Intl.Collator(language, { numeric: false, sensitivity: "variant" });

/** The next order when a head is clicked: up, down, as the answer came. */
export function nextOrder(order: Order | null, column: number): Order | null {
  if (order?.column !== column) return { column, descending: false };
  return order.descending ? null : { column, descending: true };
}

/** Rows by one column, each type in its own way; nothing is smallest, and equal rows stay as they were. */
export function ordered(rows: JsonValue[][], order: Order | null, type: string): JsonValue[][] {
  if (!order) return rows;
  const sign = order.descending ? -1 : 1;
  const keyed = rows.map((row) => ({ row, key: keyOf(row[order.column] ?? null, type) }));
  return keyed.sort((one, other) => sign * compare(one.key, other.key)).map(({ row }) => row);
}

type Key = bigint | number | string | null;

function keyOf(value: JsonValue, type: string): Key {
  if (value === null) return null;
  if (type === "Decimal") return millionths(String(value));
  if (type === "Duration") return microseconds(String(value));
  if (type === "Bool" || type === "Int") return Number(value);
  // Of two instants with other offsets the later is not always the later text.
  if (type === "DateTime") return Date.parse(String(value));
  return String(value);
}

function compare(one: Key, other: Key): number {
  if (one === null || other === null) return Number(one !== null) - Number(other !== null);
  if (typeof one === "string" && typeof other === "string") return words.compare(one, other);
  return one < other ? -1 : Number(one > other);
}
