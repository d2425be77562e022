// Written by a test of the device from its own types: change them there.
export type JsonValue = null | boolean | number | string;
export type Account = { server: string, tenant: string, user: string, 
/**
 * Id of the person's `User` row.
 */
user_id: string, 
/**
 * Id of this device.
 */
device: string, 
/**
 * False after sign-out, and when the session is over: work goes on, sync waits.
 */
signed_in: boolean, };
export type Named = { id: string, 
/**
 * Empty when the entity has none.
 */
code: string, name: string, };
export type TimesheetEntry = { id: string, 
/**
 * The day that the person lived, under their day start.
 */
date: string, begin: string, 
/**
 * None: the timer runs.
 */
end: string | null, duration: string | null, seconds: number | null, 
/**
 * Only the length counts; begin is midnight.
 */
duration_only: boolean, 
/**
 * IANA name of the zone in which it was recorded.
 */
time_zone: string, description: string | null, customer: Named | null, project: Named | null, task: Named | null, location: string | null, home_office: boolean, billable: boolean, 
/**
 * The server has not got all of it yet.
 */
waiting: boolean, 
/**
 * The inbox holds values of this entry that were not taken over.
 */
refused: boolean, };
export type Day = { date: string, 
/**
 * Sum of the finished entries.
 */
seconds: number, entries: Array<TimesheetEntry>, };
export type Week = { begin: string, end: string, seconds: number, days: Array<Day>, };
export type Warning = { 
/**
 * Code of the rule: `overlap`.
 */
code: string, message: string, };
export type Saved = { entry: TimesheetEntry, warnings: Array<Warning>, 
/**
 * The timer that ended because this one was started.
 */
stopped: TimesheetEntry | null, };
export type Undone = { what: string, };
export type SignedIn = { account: Account, 
/**
 * Sentences that the person must read: where the device key lies when no keystore took it, a new vault.
 */
notices: Array<string>, 
/**
 * The person's vault as this new device found it, when the sign-in asked to see it first: nothing is recorded or
 * opened here before [`crate::Device::confirm_vault`].
 */
found: FoundVault | null, };
export type Ability = "seen" | "partly" | "unseen";
export type Desktop = { 
/**
 * Program and title of the window in front.
 */
windows: Ability, 
/**
 * Whether somebody is there.
 */
away: Ability, 
/**
 * Whether the screen is locked.
 */
lock: Ability, 
/**
 * What is not seen and why, one sentence each; empty when everything is.
 */
limits: Array<string>, };
export type RecordingState = { 
/**
 * A recorder of this home runs now, in this process or another.
 */
recording: boolean, paused: boolean, 
/**
 * Why nothing is recorded now, in one sentence with the way on; None: it records.
 */
why_not: string | null, 
/**
 * What the recorder that runs can see; None: none runs.
 */
desktop: Desktop | null, 
/**
 * The user key is on this device: signals can be opened here.
 */
unlocked: boolean, 
/**
 * Programs that are never recorded.
 */
exclusions: Array<string>, };
export type ProgramPreview = { program: string, 
/**
 * Time that was recorded.
 */
seconds: number, 
/**
 * The exclusion that would have hidden it; None: it would be kept.
 */
hidden_by: string | null, 
/**
 * Some titles, as they were kept.
 */
titles: Array<string>, };
export type FoundDevice = { name: string, 
/**
 * The day on which it was added, by its own clock.
 */
added: string, };
export type FoundVault = { 
/**
 * Grows by one when the person's key was changed.
 */
generation: number, devices: Array<FoundDevice>, };
export type MassDeletion = { rows: number, of: number, };
export type SyncState = { 
/**
 * Local transactions that the server has not got.
 */
waiting: number, 
/**
 * Local transactions in the inbox.
 */
inbox: number, 
/**
 * RFC 3339; the last time that everything was sent and fetched.
 */
last_success: string | null, 
/**
 * Why the last attempt failed, in one sentence.
 */
held_up: string | null, 
/**
 * Why signals did not travel although everything else did, in one sentence.
 */
segments_held_up: string | null, 
/**
 * They travel again after another sign-in on this computer.
 */
sign_in_again: boolean, 
/**
 * A pull that waits for the person's word.
 */
mass_deletion: MassDeletion | null, };
export type Status = { account: Account | null, 
/**
 * False before the first sync, and after a broken file was replaced until the next one: there is nothing to show.
 */
has_data: boolean, 
/**
 * Every running timer of the person, the newest first; more than one after a sync of two devices.
 */
running: Array<TimesheetEntry>, 
/**
 * Finished time of today, in seconds.
 */
today_seconds: number, sync: SyncState, signals: RecordingState, };
export type Opening = { status: Status, 
/**
 * This week; None: there is nothing to show yet.
 */
week: Week | null, };
export type SyncReport = { 
/**
 * Changes that the server took over.
 */
pushed: number, 
/**
 * Changes that went to the inbox.
 */
refused: number, 
/**
 * Rows that arrived or left.
 */
pulled: number, segments_sent: number, segments_fetched: number, mass_deletion: MassDeletion | null, 
/**
 * Why signals did not travel although everything else did, in one sentence.
 */
segments_held_up: string | null, };
export type InboxProperty = { name: string, mine: string | null, 
/**
 * What the row shows now.
 */
theirs: string | null, 
/**
 * The server named this property in its answer.
 */
named: boolean, };
export type InboxChange = { entity: string, row: string, 
/**
 * The row as people know it.
 */
title: string, 
/**
 * `put`, `delete` or `restore`.
 */
operation: string, 
/**
 * `clash`, `edited_since`, `deleted`, `rule`, `forbidden`, `missing`, `skipped` ...
 */
code: string, 
/**
 * What happened and what can be done.
 */
message: string, properties: Array<InboxProperty>, };
export type InboxEntry = { id: string, 
/**
 * When the person made the change.
 */
at: string, changes: Array<InboxChange>, };
export type PropertyKind = "bool" | "int" | "decimal" | "text" | "date" | "time" | "date_time" | "duration" | "guid" | "relation";
export type PropertyView = { name: string, kind: PropertyKind, 
/**
 * The entity that a relation points to.
 */
target: string | null, required: boolean, 
/**
 * Stored by the person; calculated ones and those of the server are only shown.
 */
writable: boolean, };
export type EntityView = { name: string, properties: Array<PropertyView>, };
export type ListRow = { id: string, 
/**
 * The text that people know the row by.
 */
title: string, 
/**
 * One a property of the entity, in its order; a relation is the id of its row.
 */
values: JsonValue[], 
/**
 * One a property: the text that people know a relation's row by, None for everything else.
 */
titles: Array<string | null>, waiting: boolean, refused: boolean, };
export type ListView = { entity: EntityView, rows: Array<ListRow>, };
export type PutRow = { entity: string, id: string, 
/**
 * False: a row with this key was there and was changed.
 */
created: boolean, warnings: Array<Warning>, };
export type QueryColumn = { name: string, type: string, };
export type QueryResult = { columns: Array<QueryColumn>, rows: JsonValue[][], };
export type SavedQuery = { id: string, name: string, 
/**
 * `query`, `view`, `set` or `report`.
 */
kind: string, text: string, 
/**
 * Everybody of the company can open it.
 */
shared: boolean, 
/**
 * It can be changed and deleted here; another person's can be opened only.
 */
mine: boolean, 
/**
 * Name of the user whose it is.
 */
owner: string, 
/**
 * The server has not got all of it yet.
 */
waiting: boolean, };
export type PlanWork = "read" | "search" | "walk" | "sort" | "group" | "distinct" | "index" | "join" | "once" | "each_row" | "other";
export type PlanStep = { depth: number, work: PlanWork, 
/**
 * The entity (or the table) whose rows are read, if any are.
 */
of: string | null, 
/**
 * By what they are found: `user_id, date`.
 */
by: string | null, 
/**
 * In the engine's own words.
 */
detail: string, };
export type QueryPlan = { steps: Array<PlanStep>, };
export type SignalStretch = { 
/**
 * `ActiveWindow` or `Activity`.
 */
kind: string, begin: string, end: string, seconds: number, program: string | null, title: string | null, 
/**
 * Of an activity: `active`, `idle`, `locked`, `asleep`.
 */
state: string | null, };
export type ProblemLabel = { begin: number, end: number, text: string, };
export type ProblemFix = { begin: number, end: number, replacement: string, };
export type Problem = { 
/**
 * Stable: `syntax`, `unknown_name`, `wrong_type` ...
 */
code: string, message: string, begin: number, end: number, 
/**
 * A way on, if there is one.
 */
help: string | null, 
/**
 * A warning does not stop the query.
 */
warning: boolean, 
/**
 * Other places that have to do with it.
 */
labels: Array<ProblemLabel>, 
/**
 * Edits of the text, each of which would repair it.
 */
fixes: Array<ProblemFix>, };
export type AskedParameter = { 
/**
 * Without the `@`.
 */
name: string, 
/**
 * Name of its type in the language; `Guid` for a row.
 */
kind: string, 
/**
 * The entity whose row it names.
 */
entity: string | null, 
/**
 * Takes several values: its text is a JSON array of texts.
 */
list: boolean, required: boolean, };
export type QueryCheck = { problems: Array<Problem>, 
/**
 * None as long as the text does not compile.
 */
parameters: Array<AskedParameter> | null, };
export type Suggestion = { label: string, 
/**
 * Type, signature or what it is.
 */
detail: string, 
/**
 * The begun word that it replaces, in bytes.
 */
begin: number, end: number, };
export type Meaning = { 
/**
 * The word, in bytes.
 */
begin: number, end: number, 
/**
 * One line or several.
 */
text: string, };
export type Word = { 
/**
 * In bytes.
 */
begin: number, end: number, 
/**
 * `keyword`, `name`, `parameter`, `number`, `text`, `comment`, `operator`, `bracket` or `unclosed`.
 */
kind: string, };
export type ErrorCode = "bad_input" | "unknown" | "refused" | "query_refused" | "not_signed_in" | "no_data" | "sign_in_failed" | "busy" | "locked" | "no_desktop" | "unreachable" | "ours";
export type DeviceError = { code: ErrorCode, 
/**
 * What happened, to what, what to do now.
 */
message: string, 
/**
 * Places in a query's text; empty for every other error.
 */
problems: Array<Problem>, };
