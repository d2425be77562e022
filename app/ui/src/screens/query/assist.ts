import { type CompletionContext, type CompletionResult, autocompletion } from "@codemirror/autocomplete";
import { linter } from "@codemirror/lint";
import type { Extension } from "@codemirror/state";
import { backend, type QueryCheck } from "../../backend";
import { bytesBefore, diagnostics, unitsAt } from "./places";

/** The person stops typing for as long before the text is looked at. */
const CHECK_AFTER_MS = 400;

/** What the device knows of a query while it is typed: what could come next, what is wrong, what it asks for. */
export function assistance(onServer: () => boolean, checked: (check: QueryCheck) => void): Extension {
  const check = linter(
    async (view) => {
      const text = view.state.doc.toString();
      const found = await backend().checkQuery(text, onServer());
      checked(found);
      return diagnostics(text, found.problems);
    },
    { delay: CHECK_AFTER_MS },
  );
  return [check, autocompletion({ override: [suggest], icons: false })];
}

async function suggest(context: CompletionContext): Promise<CompletionResult | null> {
  const text = context.state.doc.toString();
  const begun = context.matchBefore(/[\p{L}\p{N}_.@]+$/u);
  if (!begun && !context.explicit) return null;
  const found = await backend().completeQuery(text, bytesBefore(text, context.pos));
  const first = found[0];
  if (!first || context.aborted) return null;
  return {
    from: unitsAt(text, first.begin),
    to: Math.max(context.pos, unitsAt(text, first.end)),
    options: found.map(({ label, detail }, index) => ({ label, detail, boost: -Math.min(index, 99) })),
    validFor: /^[\p{L}\p{N}_]*$/u,
  };
}
