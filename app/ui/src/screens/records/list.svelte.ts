import { backend, type ListView, sentence } from "../../backend";

const PAGE = 200;

/** The rows of one entity that are shown: a search, and as many pages as the person asked for. */
class ShownList {
  entity = $state("Customer");
  search = $state("");
  pages = $state(1);
  view = $state<ListView | null>(null);
  /** There are rows beyond those that are shown. */
  more = $state(false);
  failure = $state<string | null>(null);
  #asked = 0;

  show(entity: string): void {
    this.entity = entity;
    this.search = "";
    this.pages = 1;
  }

  find(search: string): void {
    this.search = search;
    this.pages = 1;
  }

  async load(): Promise<void> {
    const question = ++this.#asked;
    const limit = this.pages * PAGE;
    try {
      const view = await backend().rows(this.entity, this.search || null, limit + 1);
      // An answer to an older question comes too late.
      if (question !== this.#asked) return;
      this.more = view.rows.length > limit;
      this.view = { ...view, rows: view.rows.slice(0, limit) };
      this.failure = null;
    } catch (error) {
      if (question === this.#asked) this.failure = sentence(error);
    }
  }
}

export const list = new ShownList();
