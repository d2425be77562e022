import { de } from "./de";
import { en, type TextKey, type Texts } from "./en";

export type { TextKey } from "./en";

const catalogues: Record<string, Texts> = { en, de };

/** The language of the system, English where there is no catalogue for it. */
export const language = navigator.language.slice(0, 2) in catalogues ? navigator.language.slice(0, 2) : "en";
const texts = catalogues[language] ?? en;

/** A text of the catalogue with its `{names}` filled in. */
export function t(key: TextKey, values: Record<string, string | number> = {}): string {
  return texts[key].replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
