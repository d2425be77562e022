import type {
  Account, EntityView, InboxEntry, ListView, Meaning, Opening, ProgramPreview, PutRow, QueryCheck, QueryPlan, QueryResult,
  RecordingState, Saved, SavedQuery, SignalStretch, SignedIn, Status, Suggestion, SyncReport, TimesheetEntry, Undone, Week, Word,
} from "./bindings";

/** Everything that a screen may ask for: one function for one method of the device. */
export interface Backend {
  notices(): Promise<string[]>;
  account(): Promise<Account | null>;
  signIn(request: SignInRequest): Promise<SignedIn>;
  /** After the person compared what a sign-in on a new device found. */
  confirmVault(): Promise<void>;
  signOut(): Promise<void>;
  /** Forgets the key that opens signals; recording, bookings and sync go on. */
  lock(): Promise<void>;
  /** Opens them again; a password that signed in here before needs no network. */
  unlock(password: string): Promise<SignedIn>;
  /** Status and this week in one answer: what the window shows first. */
  opening(): Promise<Opening>;
  status(): Promise<Status>;

  start(request: StartRequest): Promise<Saved>;
  /** Ends the timer with this id. */
  stop(id: string): Promise<Saved>;
  add(request: NewEntryRequest): Promise<Saved>;
  week(day: string | null): Promise<Week>;
  edit(id: string, set: Record<string, string>): Promise<Saved>;
  remove(id: string): Promise<TimesheetEntry>;
  undo(): Promise<Undone>;

  entities(): Promise<EntityView[]>;
  rows(entity: string, search: string | null, limit: number): Promise<ListView>;
  put(entity: string, set: Record<string, string>): Promise<PutRow>;
  removeRow(entity: string, row: string): Promise<void>;

  /** What is wrong with a query where it would run, and the parameters that it takes. */
  checkQuery(text: string, onServer: boolean): Promise<QueryCheck>;
  /** What could stand at a place of a query; the place and the answer's are in bytes of UTF-8. */
  completeQuery(text: string, position: number): Promise<Suggestion[]>;
  formatQuery(text: string): Promise<string>;
  /** What the word at a place means; places are in bytes of UTF-8. */
  explainWord(text: string, position: number): Promise<Meaning | null>;
  /** The words of any text, for their colours; places are in bytes of UTF-8. */
  queryWords(text: string): Promise<Word[]>;
  /** A query that somebody may want to end has a number of its own. */
  query(question: Question, onServer: boolean, number: number | null): Promise<QueryResult>;
  /** Ends the query with this number; it answers with an error. */
  cancelQuery(number: number): Promise<void>;
  /** How the engine would answer; nothing is run. */
  queryPlan(question: Question, onServer: boolean, number: number): Promise<QueryPlan>;
  /** Asks the person for a file and writes the answer into it; null when they chose none. */
  exportAnswer(question: Question, onServer: boolean, number: number, form: "csv" | "json"): Promise<string | null>;

  /** One's own and those that others share, by name. */
  savedQueries(): Promise<SavedQuery[]>;
  saveQuery(query: KeptQuery): Promise<SavedQuery>;

  inbox(): Promise<InboxEntry[]>;
  takeMine(entry: string): Promise<void>;
  takeTheirs(entry: string): Promise<void>;
  /** Sends the person's values again, with others in the place of some. */
  settleWith(entry: string, set: SettledValue[]): Promise<void>;

  sync(): Promise<SyncReport>;
  /** Takes over a deletion that waits; a restore point keeps what goes, and undo brings it back. */
  syncWithDeletion(): Promise<SyncReport>;
  /** Answers a deletion that waits by offering the rows to the server again. */
  syncKeepingRows(): Promise<SyncReport>;

  signals(from: string, to: string): Promise<SignalStretch[]>;
  pauseRecording(): Promise<RecordingState>;
  resumeRecording(): Promise<RecordingState>;
  setExclusions(programs: string[]): Promise<RecordingState>;
  /** What these exclusions would have hidden of the days from one date to another. */
  previewExclusions(programs: string[], from: string, to: string): Promise<ProgramPreview[]>;

  /** Called after every change of the home's data, from this window, the tray or a sync. */
  onChange(listener: () => void): Promise<() => void>;
  /** Called with a sentence for the person that no command of this window asked for. */
  onSaid(listener: (sentence: string) => void): Promise<() => void>;
}

export interface SignInRequest {
  server: string;
  tenant: string;
  user: string;
  password: string;
  invite: string | null;
  /** On a new device: show the vault that was found, and wait for `confirmVault`. */
  review: boolean;
}

export interface StartRequest {
  project: string | null;
  task: string | null;
  text: string | null;
  begin: string | null;
}

export interface NewEntryRequest extends Omit<StartRequest, "begin"> {
  date: string | null;
  begin: string;
  end: string;
  set: Record<string, string>;
}

/** What the person wrote in the place of their first value; empty text clears the property. */
export interface SettledValue {
  row: string;
  property: string;
  text: string;
}

export interface Question {
  text: string;
  parameters: Record<string, string>;
}

export interface KeptQuery {
  /** Of the one that is written over; null for a new one. */
  id: string | null;
  name: string;
  kind: string;
  text: string;
  shared: boolean;
}
