import type { DeviceError, Problem } from "./bindings";
import type { Backend } from "./contract";
import { tauri } from "./tauri";

export type * from "./bindings";
export type { Backend, KeptQuery, NewEntryRequest, Question, SettledValue, SignInRequest, StartRequest } from "./contract";

export function backend(): Backend {
  return tauri;
}

/** What went wrong, as one sentence, whatever was thrown. */
export function sentence(error: unknown): string {
  return isDeviceError(error) ? error.message : error instanceof Error ? error.message : String(error);
}

export function problems(error: unknown): Problem[] {
  return isDeviceError(error) ? error.problems : [];
}

function isDeviceError(error: unknown): error is DeviceError {
  return typeof error === "object" && error !== null && "code" in error && "message" in error;
}
