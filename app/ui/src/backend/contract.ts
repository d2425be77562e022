import type {
  Account, EntityView, InboxEntry, ListView, PutRow, QueryResult, RecordingState, Saved, SignalStretch, SignedIn,
  Status, SyncReport, TimesheetEntry, Undone, Week,
} from "./bindings";

/** Everything that a screen may ask for: one function for one method of the device. */
export interface Backend {
  notices(): Promise<string[]>;
  account(): Promise<Account | null>;
  signIn(request: SignInRequest): Promise<SignedIn>;
  signOut(): Promise<void>;
  status(): Promise<Status>;

  start(request: StartRequest): Promise<Saved>;
  /** Without an id the only one that runs. */
  stop(id?: string): Promise<Saved>;
  add(request: NewEntryRequest): Promise<Saved>;
  week(day: string | null): Promise<Week>;
  edit(id: string, set: Record<string, string>): Promise<Saved>;
  remove(id: string): Promise<TimesheetEntry>;
  undo(): Promise<Undone>;

  entities(): Promise<EntityView[]>;
  rows(entity: string, search: string | null, limit: number): Promise<ListView>;
  put(entity: string, set: Record<string, string>): Promise<PutRow>;
  removeRow(entity: string, row: string): Promise<void>;

  query(question: Question, onServer: boolean): Promise<QueryResult>;
  /** Asks the person for a file and writes the answer as CSV; null when they chose none. */
  exportCsv(question: Question, onServer: boolean): Promise<string | null>;

  inbox(): Promise<InboxEntry[]>;
  takeMine(entry: string): Promise<void>;
  takeTheirs(entry: string): Promise<void>;

  sync(): Promise<SyncReport>;
  syncWithDeletion(): Promise<SyncReport>;

  signals(from: string, to: string): Promise<SignalStretch[]>;
  pauseRecording(): Promise<RecordingState>;
  resumeRecording(): Promise<RecordingState>;
  setExclusions(programs: string[]): Promise<RecordingState>;

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

export interface Question {
  text: string;
  parameters: Record<string, string>;
}
