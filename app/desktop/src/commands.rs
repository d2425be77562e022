//! Each command is one call into the device. They run off the main thread, so that the window never waits.

use crate::export;
use crate::shell::Shell;
use device::view::*;
use device::{DeviceError, KeptQuery, NewEntry, Question, SettledValue, SignIn, StartTimer, Zeroizing};
use std::collections::BTreeMap;
use tauri::ipc::Invoke;
use tauri::{AppHandle, State};

type Answer<T> = Result<T, DeviceError>;

pub(crate) fn all() -> impl Fn(Invoke) -> bool + Send + Sync + 'static {
    tauri::generate_handler![
        notices,
        account,
        sign_in,
        confirm_vault,
        sign_out,
        lock,
        unlock,
        opening,
        status,
        start,
        stop,
        add,
        week,
        edit,
        delete,
        undo,
        entities,
        rows,
        put,
        remove_row,
        check_query,
        complete_query,
        format_query,
        explain_word,
        query_words,
        query,
        query_plan,
        cancel_query,
        export_answer,
        saved_queries,
        save_query,
        inbox,
        take_mine,
        take_theirs,
        settle_with,
        sync,
        sync_with_deletion,
        sync_keeping_rows,
        signals,
        pause_recording,
        resume_recording,
        set_exclusions,
        preview_exclusions,
    ]
}

#[tauri::command(async)]
fn notices(shell: State<'_, Shell>) -> Vec<String> {
    shell.device.notices()
}

#[tauri::command(async)]
fn account(shell: State<'_, Shell>) -> Answer<Option<Account>> {
    shell.device.account()
}

#[tauri::command]
async fn sign_in(shell: State<'_, Shell>, request: SignIn) -> Answer<SignedIn> {
    shell.device.sign_in(request).await
}

#[tauri::command]
async fn confirm_vault(shell: State<'_, Shell>) -> Answer<()> {
    shell.device.confirm_vault().await
}

#[tauri::command(async)]
fn lock(shell: State<'_, Shell>) -> Answer<()> {
    shell.device.lock()
}

#[tauri::command]
async fn unlock(shell: State<'_, Shell>, password: Zeroizing<String>) -> Answer<SignedIn> {
    shell.device.unlock_with(password).await
}

#[tauri::command]
async fn sign_out(shell: State<'_, Shell>) -> Answer<()> {
    shell.device.sign_out().await
}

#[tauri::command(async)]
fn opening(shell: State<'_, Shell>) -> Answer<Opening> {
    shell.device.opening()
}

#[tauri::command(async)]
fn status(shell: State<'_, Shell>) -> Answer<Status> {
    shell.device.status()
}

#[tauri::command(async)]
fn start(shell: State<'_, Shell>, request: StartTimer) -> Answer<Saved> {
    shell.change(|device| device.start(&request))
}

#[tauri::command(async)]
fn stop(shell: State<'_, Shell>, id: Option<String>) -> Answer<Saved> {
    shell.change(|device| device.stop(id.as_deref()))
}

#[tauri::command(async)]
fn add(shell: State<'_, Shell>, request: NewEntry) -> Answer<Saved> {
    shell.change(|device| device.add(&request))
}

#[tauri::command(async)]
fn week(shell: State<'_, Shell>, day: Option<String>) -> Answer<Week> {
    shell.device.week(day.as_deref())
}

#[tauri::command(async)]
fn edit(shell: State<'_, Shell>, id: String, set: BTreeMap<String, String>) -> Answer<Saved> {
    shell.change(|device| device.edit(&id, &set))
}

#[tauri::command(async)]
fn delete(shell: State<'_, Shell>, id: String) -> Answer<TimesheetEntry> {
    shell.change(|device| device.delete(&id))
}

#[tauri::command(async)]
fn undo(shell: State<'_, Shell>) -> Answer<Undone> {
    shell.change(|device| device.undo())
}

#[tauri::command(async)]
fn entities(shell: State<'_, Shell>) -> Answer<Vec<EntityView>> {
    shell.device.entities()
}

#[tauri::command(async)]
fn rows(shell: State<'_, Shell>, entity: String, search: Option<String>, limit: usize) -> Answer<ListView> {
    shell.device.rows(&entity, search.as_deref(), limit)
}

#[tauri::command(async)]
fn put(shell: State<'_, Shell>, entity: String, set: BTreeMap<String, String>) -> Answer<PutRow> {
    shell.change(|device| device.put(&entity, &set))
}

#[tauri::command(async)]
fn remove_row(shell: State<'_, Shell>, entity: String, row: String) -> Answer<()> {
    shell.change(|device| device.remove(&entity, &row))
}

#[tauri::command(async)]
fn check_query(shell: State<'_, Shell>, text: String, on_server: bool) -> Answer<QueryCheck> {
    shell.device.check_query(&text, on_server)
}

#[tauri::command(async)]
fn complete_query(shell: State<'_, Shell>, text: String, position: usize) -> Answer<Vec<Suggestion>> {
    shell.device.complete_query(&text, position)
}

#[tauri::command(async)]
fn format_query(shell: State<'_, Shell>, text: String) -> Answer<String> {
    shell.device.format_query(&text)
}

#[tauri::command(async)]
fn explain_word(shell: State<'_, Shell>, text: String, position: usize) -> Answer<Option<Meaning>> {
    shell.device.explain_word(&text, position)
}

#[tauri::command(async)]
fn query_words(shell: State<'_, Shell>, text: String) -> Vec<Word> {
    shell.device.query_words(&text)
}

#[tauri::command]
async fn query(
    shell: State<'_, Shell>,
    question: Question,
    on_server: bool,
    number: Option<u64>,
) -> Answer<QueryResult> {
    let asked = shell.questions.ask(number);
    let asking = &asked.asking;
    if !on_server {
        return shell.device.query_until(&question, &asking.cancel);
    }
    asking.unless_given_up(shell.device.query_on_server(&question)).await
}

#[tauri::command]
async fn query_plan(shell: State<'_, Shell>, question: Question, on_server: bool, number: u64) -> Answer<QueryPlan> {
    if !on_server {
        return shell.device.query_plan(&question);
    }
    let asked = shell.questions.ask(Some(number));
    asked.asking.unless_given_up(shell.device.query_plan_on_server(&question)).await
}

#[tauri::command]
async fn cancel_query(shell: State<'_, Shell>, number: u64) -> Answer<()> {
    shell.questions.give_up(number);
    Ok(())
}

#[tauri::command]
async fn export_answer(
    app: AppHandle,
    shell: State<'_, Shell>,
    question: Question,
    on_server: bool,
    number: u64,
    form: export::Form,
) -> Answer<Option<String>> {
    let result = query(shell, question, on_server, Some(number)).await?;
    export::save(&app, &result, form)
}

#[tauri::command(async)]
fn saved_queries(shell: State<'_, Shell>) -> Answer<Vec<SavedQuery>> {
    shell.device.saved_queries()
}

#[tauri::command(async)]
fn save_query(shell: State<'_, Shell>, query: KeptQuery) -> Answer<SavedQuery> {
    shell.change(|device| device.save_query(&query))
}

#[tauri::command(async)]
fn inbox(shell: State<'_, Shell>) -> Answer<Vec<InboxEntry>> {
    shell.device.inbox()
}

#[tauri::command(async)]
fn take_mine(shell: State<'_, Shell>, entry: String) -> Answer<()> {
    shell.change(|device| device.take_mine(&entry))
}

#[tauri::command(async)]
fn take_theirs(shell: State<'_, Shell>, entry: String) -> Answer<()> {
    shell.change(|device| device.take_theirs(&entry))
}

#[tauri::command(async)]
fn settle_with(shell: State<'_, Shell>, entry: String, set: Vec<SettledValue>) -> Answer<()> {
    shell.change(|device| device.settle_with(&entry, &set))
}

#[tauri::command]
async fn sync(shell: State<'_, Shell>) -> Answer<SyncReport> {
    shell.device.sync().await
}

#[tauri::command]
async fn sync_with_deletion(shell: State<'_, Shell>) -> Answer<SyncReport> {
    shell.device.sync_with_deletion().await
}

#[tauri::command]
async fn sync_keeping_rows(shell: State<'_, Shell>) -> Answer<SyncReport> {
    shell.device.sync_keeping_rows().await
}

#[tauri::command(async)]
fn signals(shell: State<'_, Shell>, from: String, to: String) -> Answer<Vec<SignalStretch>> {
    shell.device.signals(Some(&from), Some(&to))
}

#[tauri::command(async)]
fn pause_recording(shell: State<'_, Shell>) -> Answer<RecordingState> {
    shell.device.pause_recording()
}

#[tauri::command(async)]
fn resume_recording(shell: State<'_, Shell>) -> Answer<RecordingState> {
    shell.device.resume_recording()
}

#[tauri::command(async)]
fn set_exclusions(shell: State<'_, Shell>, programs: Vec<String>) -> Answer<RecordingState> {
    shell.device.set_exclusions(&programs)
}

#[tauri::command(async)]
fn preview_exclusions(
    shell: State<'_, Shell>,
    programs: Vec<String>,
    from: String,
    to: String,
) -> Answer<Vec<ProgramPreview>> {
    shell.device.preview_exclusions(&programs, Some(&from), Some(&to))
}
