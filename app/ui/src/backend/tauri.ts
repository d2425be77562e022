import { invoke } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";
import type { Backend } from "./contract";

/** The device behind the window: each function is one command of the shell. */
export const tauri: Backend = {
  notices: () => invoke("notices"),
  account: () => invoke("account"),
  signIn: (request) => invoke("sign_in", { request }),
  confirmVault: () => invoke("confirm_vault"),
  signOut: () => invoke("sign_out"),
  lock: () => invoke("lock"),
  unlock: (password) => invoke("unlock", { password }),
  opening: () => invoke("opening"),
  status: () => invoke("status"),

  start: (request) => invoke("start", { request }),
  stop: (id) => invoke("stop", { id }),
  add: (request) => invoke("add", { request }),
  week: (day) => invoke("week", { day }),
  edit: (id, set) => invoke("edit", { id, set }),
  remove: (id) => invoke("delete", { id }),
  undo: () => invoke("undo"),

  entities: () => invoke("entities"),
  rows: (entity, search, limit) => invoke("rows", { entity, search, limit }),
  put: (entity, set) => invoke("put", { entity, set }),
  removeRow: (entity, row) => invoke("remove_row", { entity, row }),

  checkQuery: (text, onServer) => invoke("check_query", { text, onServer }),
  completeQuery: (text, position) => invoke("complete_query", { text, position }),
  formatQuery: (text) => invoke("format_query", { text }),
  explainWord: (text, position) => invoke("explain_word", { text, position }),
  queryWords: (text) => invoke("query_words", { text }),
  query: (question, onServer, number) => invoke("query", { question, onServer, number }),
  cancelQuery: (number) => invoke("cancel_query", { number }),
  queryPlan: (question, onServer, number) => invoke("query_plan", { question, onServer, number }),
  exportAnswer: (question, onServer, number, form) => invoke("export_answer", { question, onServer, number, form }),

  savedQueries: () => invoke("saved_queries"),
  saveQuery: (query) => invoke("save_query", { query }),

  inbox: () => invoke("inbox"),
  takeMine: (entry) => invoke("take_mine", { entry }),
  takeTheirs: (entry) => invoke("take_theirs", { entry }),
  settleWith: (entry, set) => invoke("settle_with", { entry, set }),

  sync: () => invoke("sync"),
  syncWithDeletion: () => invoke("sync_with_deletion"),
  syncKeepingRows: () => invoke("sync_keeping_rows"),

  signals: (from, to) => invoke("signals", { from, to }),
  pauseRecording: () => invoke("pause_recording"),
  resumeRecording: () => invoke("resume_recording"),
  setExclusions: (programs) => invoke("set_exclusions", { programs }),
  previewExclusions: (programs, from, to) => invoke("preview_exclusions", { programs, from, to }),

  onChange: (listener) => listen("changed", listener),
  onSaid: (listener) => listen<string>("said", (event) => listener(event.payload)),
};
