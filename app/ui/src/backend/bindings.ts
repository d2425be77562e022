export type Account = { server: string; tenant: string; user: string; user_id: string; device: string; signed_in: boolean };
export type Named = { id: string; code: string; name: string };
export type TimesheetEntry = {
  id: string; date: string; begin: string; end: string | null; duration: string | null; seconds: number | null;
  duration_only: boolean; time_zone: string; description: string | null; customer: Named | null; project: Named | null;
  task: Named | null; location: string | null; home_office: boolean; billable: boolean; waiting: boolean; refused: boolean;
};
export type Day = { date: string; seconds: number; entries: TimesheetEntry[] };
export type Week = { begin: string; end: string; seconds: number; days: Day[] };
export type Warning = { code: string; message: string };
export type Saved = { entry: TimesheetEntry; warnings: Warning[]; stopped: TimesheetEntry | null };
export type Undone = { what: string };
export type SignedIn = { account: Account; notices: string[] };
export type RecordingState = { recording: boolean; paused: boolean; unlocked: boolean; exclusions: string[] };
export type MassDeletion = { rows: number; of: number };
export type SyncState = {
  waiting: number; inbox: number; last_success: string | null; held_up: string | null; mass_deletion: MassDeletion | null;
};
export type Status = {
  account: Account | null; running: TimesheetEntry[]; today_seconds: number; sync: SyncState; signals: RecordingState;
};
export type SyncReport = {
  pushed: number; refused: number; pulled: number; segments_sent: number; segments_fetched: number;
  mass_deletion: MassDeletion | null;
};
export type InboxProperty = { name: string; mine: string | null; theirs: string | null; named: boolean };
export type InboxChange = {
  entity: string; row: string; title: string; operation: string; code: string; message: string; properties: InboxProperty[];
};
export type InboxEntry = { id: string; at: string; changes: InboxChange[] };
export type PropertyKind =
  | "bool" | "int" | "decimal" | "text" | "date" | "time" | "date_time" | "duration" | "guid" | "relation";
export type PropertyView = { name: string; kind: PropertyKind; target: string | null; required: boolean; writable: boolean };
export type EntityView = { name: string; properties: PropertyView[] };
export type JsonValue = null | boolean | number | string;
export type ListRow = { id: string; title: string; values: JsonValue[]; waiting: boolean; refused: boolean };
export type ListView = { entity: EntityView; rows: ListRow[] };
export type PutRow = { entity: string; id: string; created: boolean; warnings: Warning[] };
export type QueryColumn = { name: string; type: string };
export type QueryResult = { columns: QueryColumn[]; rows: JsonValue[][] };
export type SignalStretch = {
  kind: string; begin: string; end: string; seconds: number; program: string | null; title: string | null; state: string | null;
};
export type Problem = { message: string; begin: number; end: number; help: string | null; warning: boolean };
export type ErrorCode =
  | "bad_input" | "unknown" | "refused" | "query_refused" | "not_signed_in" | "sign_in_failed" | "busy" | "locked"
  | "unreachable" | "ours";
export type DeviceError = { code: ErrorCode; message: string; problems: Problem[] };
