import { backend, sentence, type Status } from "../backend";

export type Screen = "week" | "query" | "records" | "inbox" | "settings";

interface Toast {
  text: string;
  /** A way back, offered beside the text. */
  undo: boolean;
}

/** What every screen knows: who is signed in, what runs, whether all is safe. */
class Session {
  status = $state<Status | null>(null);
  screen = $state<Screen>("week");
  syncing = $state(false);
  /** The person wants to sign in again; what is here can be used meanwhile. */
  signingIn = $state(false);
  toast = $state<Toast | null>(null);
  /** Counts the changes of the home's data, so that screens read again. */
  changes = $state(0);

  #closing: ReturnType<typeof setTimeout> | undefined;

  get signedUp(): boolean {
    return this.status?.account != null;
  }

  async refresh(): Promise<void> {
    this.status = await backend().status();
    this.changes += 1;
  }

  say(text: string, undo = false): void {
    clearTimeout(this.#closing);
    this.toast = { text, undo };
    this.#closing = setTimeout(() => (this.toast = null), 8000);
  }

  /** Runs an action of the person; what goes wrong is said, and true means that it went well. */
  async act(action: () => Promise<unknown>): Promise<boolean> {
    try {
      await action();
      await this.refresh();
      return true;
    } catch (error) {
      this.say(sentence(error));
      return false;
    }
  }

  async sync(agreedToDelete = false): Promise<void> {
    if (this.syncing) return;
    this.syncing = true;
    await this.act(() => (agreedToDelete ? backend().syncWithDeletion() : backend().sync()));
    this.syncing = false;
  }
}

export const session = new Session();
