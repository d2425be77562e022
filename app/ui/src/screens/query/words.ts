import { type Extension, type Range, StateEffect, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView, hoverTooltip, ViewPlugin } from "@codemirror/view";
import { backend } from "../../backend";
import { bytesBefore, unitMap } from "./places";

const coloured = StateEffect.define<DecorationSet>();

/** Until the device has answered, the colours move along with the text. */
const colours = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update: (decorations, transaction) =>
    transaction.effects.reduce(
      (known, effect) => (effect.is(coloured) ? effect.value : known),
      decorations.map(transaction.changes),
    ),
  provide: (field) => EditorView.decorations.from(field),
});

const colouring = ViewPlugin.define((view) => {
  const ask = async () => {
    const text = view.state.doc.toString();
    const words = await backend().queryWords(text);
    if (text !== view.state.doc.toString()) return;
    const units = unitMap(text);
    const marks: Range<Decoration>[] = words.map(({ begin, end, kind }) =>
      Decoration.mark({ class: `word-${kind}` }).range(units(begin), units(end)),
    );
    view.dispatch({ effects: coloured.of(Decoration.set(marks)) });
  };
  void ask();
  return { update: ({ docChanged }) => void (docChanged && ask()) };
});

const meanings = hoverTooltip(async (view, position) => {
  const text = view.state.doc.toString();
  const meaning = await backend().explainWord(text, bytesBefore(text, position)).catch(() => null);
  if (!meaning) return null;
  const units = unitMap(text);
  return {
    pos: units(meaning.begin),
    end: units(meaning.end),
    create: () => {
      const dom = document.createElement("div");
      dom.className = "meaning";
      dom.textContent = meaning.text;
      return { dom };
    },
  };
});

/** What the device knows of the words of a query: their colours, and what they mean when the mouse rests on them. */
export const wordKnowledge: Extension = [colours, colouring, meanings];
