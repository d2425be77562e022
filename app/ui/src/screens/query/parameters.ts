import type { AskedParameter } from "../../backend";

/** What was typed into the fields, as the device reads it: a list is a JSON array of its parts. Empty fields stay out. */
export function given(parameters: AskedParameter[], typed: Record<string, string>): Record<string, string> {
  const pairs = parameters.filter(({ name }) => typed[name]).map(({ name, list }) => {
    const text = typed[name] ?? "";
    return [name, list ? JSON.stringify(parts(text)) : text];
  });
  return Object.fromEntries(pairs);
}

/** `a, b; c` */
export function parts(text: string): string[] {
  return text.split(/[,;\n]/).map((part) => part.trim()).filter(Boolean);
}
