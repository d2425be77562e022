export type Weight = "said" | "warning" | "error";

/** A sentence for the person. What went wrong stays until it is closed. */
export interface Notice {
  id: number;
  text: string;
  weight: Weight;
  /** A way back, offered beside the text. */
  undo: boolean;
}

const SAID_MS = 10_000;
/** More than these at once nobody reads; the oldest of the lightest weight leaves. */
const SHOWN_MAX = 5;

class Notices {
  list = $state<Notice[]>([]);
  #next = 1;

  say(text: string, weight: Weight = "said", undo = false): void {
    const id = this.#next++;
    this.list = [...this.list.filter((notice) => notice.text !== text), { id, text, weight, undo }];
    if (this.list.length > SHOWN_MAX) this.close((this.list.find((notice) => notice.weight === "said") ?? this.list[0])?.id);
    if (weight === "said") setTimeout(() => this.close(id), SAID_MS);
  }

  close(id: number | undefined): void {
    this.list = this.list.filter((notice) => notice.id !== id);
  }

  /** After another change, undo would take back that one: only its own notice may offer it. */
  forgetUndo(): void {
    this.list = this.list.map((notice) => ({ ...notice, undo: false }));
  }
}

export const notices = new Notices();
