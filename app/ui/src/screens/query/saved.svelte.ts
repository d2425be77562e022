import { backend, type SavedQuery, sentence } from "../../backend";
import { notices } from "../../state/notices.svelte";
import { session } from "../../state/session.svelte";
import { t } from "../../texts";
import { asking, FIRST } from "./asking.svelte";

export const KINDS = ["query", "view", "set", "report"];

/** Queries that are kept, and the one that is open. */
class Saved {
  list = $state.raw<SavedQuery[]>([]);
  openId = $state<string | null>(null);
  /** What was written and not kept, by the query that it belongs to: it is there when the person comes back to it. */
  #drafts = new Map<string | null, string>();

  open = $derived(this.list.find((query) => query.id === this.openId) ?? null);
  /** What is in the editor is not what is kept. */
  isChanged = $derived(this.open !== null && this.open.text !== asking.text);
  mine = $derived(this.list.filter((query) => query.mine));
  others = $derived(this.list.filter((query) => !query.mine));

  async load(): Promise<void> {
    try {
      this.list = await backend().savedQueries();
    } catch (error) {
      notices.say(sentence(error), "error");
    }
  }

  choose(query: SavedQuery | null): void {
    const isChanged = asking.text !== (this.open?.text ?? FIRST);
    if (isChanged) this.#drafts.set(this.openId, asking.text);
    else this.#drafts.delete(this.openId);
    const again = this.openId === null && query === null;
    this.openId = query?.id ?? null;
    asking.begin((again ? undefined : this.#drafts.get(this.openId)) ?? query?.text ?? FIRST);
    if (query?.kind === "report") asking.shown = "chart";
  }

  /** Writes what is in the editor over the open query; false: there is none of one's own, it needs a name first. */
  save(): boolean {
    const open = this.open;
    if (!open?.mine) return false;
    if (this.isChanged) void this.#keep({ ...open, text: asking.text });
    return true;
  }

  saveAs(name: string, kind: string): Promise<boolean> {
    return this.#keep({ id: null, name, kind, text: asking.text, shared: false });
  }

  /** Of the open query: what is in the editor stays as it is. */
  change(set: Partial<Pick<SavedQuery, "name" | "kind" | "shared">>): Promise<boolean> {
    return this.open ? this.#keep({ ...this.open, ...set }) : Promise.resolve(false);
  }

  async remove(): Promise<void> {
    const open = this.open;
    if (!open) return;
    const gone = await session.change(() => backend().removeRow("SavedQuery", open.id).then(() => true), () =>
      t("deletedWhat", { what: open.name }),
    );
    // The text stays in the editor: nothing that was written is lost.
    if (gone) this.openId = null;
  }

  async #keep(query: { id: string | null; name: string; kind: string; text: string; shared: boolean }): Promise<boolean> {
    const { id, name, kind, text, shared } = query;
    const kept = await session.change(
      () => backend().saveQuery({ id, name, kind, text, shared }),
      (written) => t("savedWhat", { what: written.name }),
    );
    if (!kept) return false;
    await this.load();
    this.openId = kept.id;
    return true;
  }
}

export const saved = new Saved();
