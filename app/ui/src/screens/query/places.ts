import type { Diagnostic } from "@codemirror/lint";
import type { Problem } from "../../backend";

/** The device counts bytes of UTF-8, the editor counts UTF-16 units. */
export function unitsAt(text: string, bytes: number): number {
  return new TextDecoder().decode(new TextEncoder().encode(text).slice(0, bytes)).length;
}

/** Bytes of UTF-8 before a place of the editor. */
export function bytesBefore(text: string, units: number): number {
  return new TextEncoder().encode(text.slice(0, units)).length;
}

export function diagnostics(text: string, problems: Problem[]): Diagnostic[] {
  return problems.map((problem) => {
    const from = Math.min(unitsAt(text, problem.begin), text.length);
    const to = Math.max(from, Math.min(unitsAt(text, problem.end), text.length));
    return {
      from,
      to,
      severity: problem.warning ? "warning" : "error",
      message: problem.help ? `${problem.message}\n${problem.help}` : problem.message,
    };
  });
}

/** Parameters that the text names, in order of appearance, once each; texts and comments aside. */
export function parameterNames(text: string): string[] {
  const bare = text.replace(/\/\/.*|\/\*[\s\S]*?\*\/|"(?:[^"]|"")*"|'(?:[^']|'')*'/g, " ");
  const names = [...bare.matchAll(/@([\p{L}_][\p{L}\p{N}_]*)/gu)].map((match) => match[1] ?? "");
  return names.filter((name, index) => names.findIndex((one) => one.toLowerCase() === name.toLowerCase()) === index);
}
