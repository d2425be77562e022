import type {
  Account, EntityView, InboxEntry, ListView, ProgramPreview, PutRow, QueryCheck, QueryResult, RecordingState, Saved,
  SignalStretch, SignedIn, Status, Suggestion, SyncReport, TimesheetEntry, Undone, Week,
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

  /** What is wrong with a query on this device, and the parameters that it takes. */
  checkQuery(text: string): Promise<QueryCheck>;
  /** What could stand at a place of a query; the place and the answer's are in bytes of UTF-8. */
  completeQuery(text: string, position: number): Promise<Suggestion[]>;
  formatQuery(text: string): Promise<string>;
  /** A query that somebody may want to end has a number of its own. */
  query(question: Question, onServer: boolean, number: number | null): Promise<QueryResult>;
  /** Ends the query with this number; it answers with an error. */
  cancelQuery(number: number): Promise<void>;
  /** Asks the person for a file and writes the answer as CSV; null when they chose none. */
  exportCsv(question: Question, onServer: boolean, number: number): Promise<string | null>;

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
