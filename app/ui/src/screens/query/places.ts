import type { Diagnostic } from "@codemirror/lint";
import type { Problem } from "../../backend";
import { t } from "../../texts";

/** The device counts bytes of UTF-8, the editor counts UTF-16 units. */
export function unitsAt(text: string, bytes: number): number {
  return new TextDecoder().decode(new TextEncoder().encode(text).slice(0, bytes)).length;
}

/** As `unitsAt`, for many places of one text. */
export function unitMap(text: string): (bytes: number) => number {
  // Every byte of an ASCII text is a unit.
  if (/^[\x00-\x7f]*$/.test(text)) return (bytes) => Math.min(bytes, text.length);
  const units = new Uint32Array(bytesBefore(text, text.length) + 1);
  let bytes = 0;
  let unit = 0;
  for (const character of text) {
    units[bytes] = unit;
    bytes += bytesBefore(character, character.length);
    unit += character.length;
  }
  units[bytes] = unit;
  return (place) => units[Math.min(place, bytes)] ?? unit;
}

/** Bytes of UTF-8 before a place of the editor. */
export function bytesBefore(text: string, units: number): number {
  return new TextEncoder().encode(text.slice(0, units)).length;
}

/** Problems at their places, each with the repairs that the device knows. */
export function diagnostics(text: string, problems: Problem[]): Diagnostic[] {
  const place = (bytes: number) => Math.min(unitsAt(text, bytes), text.length);
  return problems.map((problem) => {
    const from = place(problem.begin);
    return {
      from,
      to: Math.max(from, place(problem.end)),
      severity: problem.warning ? "warning" : "error",
      message: problem.help ? `${problem.message}\n${problem.help}` : problem.message,
      actions: problem.fixes.map((fix) => ({
        name: t("writeInstead", { text: fix.replacement.trim() || "␣" }),
        // The places are those of the text that was checked; of a newer one the next check knows them.
        apply: (view) => {
          if (view.state.doc.toString() !== text) return;
          view.dispatch({ changes: { from: place(fix.begin), to: place(fix.end), insert: fix.replacement } });
        },
      })),
    };
  });
}

/** Parameters that the text names, in order of appearance, once each; texts and comments aside. */
export function parameterNames(text: string): string[] {
  const bare = text.replace(/\/\/.*|\/\*[\s\S]*?\*\/|"(?:[^"]|"")*"|'(?:[^']|'')*'/g, " ");
  const names = [...bare.matchAll(/@([\p{L}_][\p{L}\p{N}_]*)/gu)].map((match) => match[1] ?? "");
  return names.filter((name, index) => names.findIndex((one) => one.toLowerCase() === name.toLowerCase()) === index);
}
