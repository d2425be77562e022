// Sums and comparisons of what the device writes as text, without the rounding of floating-point numbers.

const DURATION = /^(-)?P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.(\d{1,6}))?S)?)?$/;

/** Millionths of a decimal number, `-12.5`; null for any other text. */
export function millionths(decimal: string): bigint | null {
  const match = /^(-)?(\d+)(?:\.(\d{1,6}))?$/.exec(decimal);
  if (!match) return null;
  const size = BigInt(match[2] ?? "0") * 1_000_000n + BigInt((match[3] ?? "").padEnd(6, "0"));
  return match[1] ? -size : size;
}

/** Microseconds of an ISO 8601 duration of days, hours, minutes and seconds; null for any other text. */
export function microseconds(duration: string): bigint | null {
  const match = DURATION.exec(duration);
  if (!match) return null;
  const [days, hours, minutes, seconds] = match.slice(2, 6).map((part) => BigInt(part ?? "0"));
  const whole = (days ?? 0n) * 86_400n + (hours ?? 0n) * 3_600n + (minutes ?? 0n) * 60n + (seconds ?? 0n);
  const size = whole * 1_000_000n + BigInt((match[6] ?? "").padEnd(6, "0"));
  return match[1] ? -size : size;
}

/** `12.5` of 12500000 millionths. */
export function decimalOf(value: bigint): string {
  const size = value < 0n ? -value : value;
  const fraction = String(size % 1_000_000n).padStart(6, "0").replace(/0+$/, "");
  return `${value < 0n ? "-" : ""}${size / 1_000_000n}${fraction && `.${fraction}`}`;
}
