import type { QueryResult } from "../../backend";
import { decimalOf, microseconds, millionths } from "./exact";
import { clockOf } from "./values";

/** What stands under each column: the exact sum of its numbers or lengths; null where there is nothing to add up. */
export function totals({ columns, rows }: QueryResult): (string | null)[] {
  return columns.map(({ type }, place) => {
    const unit = UNITS[type];
    if (!unit) return null;
    let sum: bigint | null = null;
    for (const row of rows) {
      const value = row[place] ?? null;
      const size = value === null ? null : unit.read(String(value));
      if (size !== null) sum = (sum ?? 0n) + size;
    }
    return sum === null ? null : unit.write(sum);
  });
}

interface Unit {
  read: (text: string) => bigint | null;
  write: (sum: bigint) => string;
}

const UNITS: Record<string, Unit | undefined> = {
  Int: { read: (text) => (/^-?\d+$/.test(text) ? BigInt(text) : null), write: String },
  Decimal: { read: millionths, write: decimalOf },
  Duration: { read: microseconds, write: clockOf },
};
