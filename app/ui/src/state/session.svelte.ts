import { backend, type FoundVault, sentence, type SignedIn, type Status, type Warning, type Week } from "../backend";
import { t } from "../texts";
import { notices } from "./notices.svelte";

export type Screen = "week" | "query" | "records" | "inbox" | "settings";

const WATCH_MS = 5_000;

/** What every screen knows: who is signed in, what runs, whether all is safe. */
class Session {
  status = $state<Status | null>(null);
  screen = $state<Screen>("week");
  syncing = $state(false);
  /** The person wants to sign in again; what is here can be used meanwhile. */
  signingIn = $state(false);
  /** The person wants to read their signals here again. */
  unlocking = $state(false);
  /** Why there is nothing to show, until there is. */
  failure = $state<string | null>(null);
  /** The person's vault as this new device found it: it waits for their word. */
  found = $state<FoundVault | null>(null);
  /** Counts the changes of the home's data, so that screens read again. */
  changes = $state(0);
  /** The week that came with the first status: what the window shows first needs one answer. */
  #first: Week | null = null;

  get signedUp(): boolean {
    return this.status?.account != null;
  }

  async refresh(): Promise<void> {
    this.status = await backend().status();
    this.failure = null;
    this.changes += 1;
  }

  async #open(): Promise<void> {
    const { status, week } = await backend().opening();
    this.#first = week;
    this.status = status;
    this.failure = null;
    this.changes += 1;
  }

  /** The week with this day, if it came with the opening; once. */
  firstWeek(day: string): Week | null {
    const week = this.#first;
    this.#first = null;
    return week && week.begin <= day && day <= week.end ? week : null;
  }

  /** After a sign-in or an unlocking. */
  async enter(answer: SignedIn): Promise<void> {
    answer.notices.forEach((notice) => notices.say(notice, "warning"));
    this.found = answer.found;
    this.signingIn = this.unlocking = false;
    await this.refresh();
  }

  /** As `refresh`, when nobody waits for it: what is shown stays, and without anything to show the reason is. */
  async look(): Promise<void> {
    try {
      if (this.status === null) await this.#open();
      else await this.refresh();
    } catch (error) {
      if (this.status === null) this.failure = sentence(error);
      else notices.say(sentence(error), "error");
    }
  }

  /** Whether it records is nobody's change: it is asked for now and then. */
  watch(): () => void {
    const looking = setInterval(async () => {
      const status = await backend().status().catch(() => null);
      if (status && this.failure !== null) await this.look();
      else if (status && JSON.stringify(status) !== JSON.stringify(this.status)) this.status = status;
    }, WATCH_MS);
    return () => clearInterval(looking);
  }

  /** Runs an action of the person; what goes wrong is said, and true means that it went well. */
  async act(action: () => Promise<unknown>): Promise<boolean> {
    try {
      await action();
      notices.forgetUndo();
      await this.refresh();
      return true;
    } catch (error) {
      notices.say(sentence(error), "error");
      return false;
    }
  }

  /** As `act`; says what was done, with the way back, and what the rules warn of. */
  async change<T>(action: () => Promise<T>, done: (answer: T) => string | null): Promise<T | null> {
    let answer: T | null = null;
    if (!(await this.act(async () => (answer = await action())))) return null;
    const given = answer as T;
    const text = done(given);
    if (text) notices.say(text, "said", true);
    for (const warning of (given as { warnings?: Warning[] } | null)?.warnings ?? []) {
      notices.say(warning.message, "warning", !text);
    }
    return given;
  }

  async undo(): Promise<void> {
    let what = "";
    if (await this.act(async () => ({ what } = await backend().undo()))) notices.say(t("takenBack", { what }));
  }

  async sync(): Promise<void> {
    if (this.syncing) return;
    this.syncing = true;
    await this.act(async () => {
      const { segments_held_up: reason } = await backend().sync();
      if (reason !== null) notices.say(reason, "warning");
    });
    this.syncing = false;
  }
}

export const session = new Session();
