// Whether the server is ready, asked every few seconds while the page is seen.
import { get } from "./connect.js";

/** @typedef {"unknown" | "ready" | "starting" | "gone"} ServerState */

const EVERY_MS = 5000;
const WHILE_GONE_MS = 1000;

/** @type {ServerState} */
let state = "unknown";
/** @type {((state: ServerState, before: ServerState) => void)[]} */
const listeners = [];
let timer = 0;

/** @returns {ServerState} */
export function serverState() {
  return state;
}

/** @param {(state: ServerState, before: ServerState) => void} listener called after each change */
export function onServerState(listener) {
  listeners.push(listener);
}

/** @param {ServerState} next what a call has just found out */
export function noteServerState(next) {
  if (next === state) return;
  const before = state;
  state = next;
  for (const listener of listeners) listener(state, before);
}

/** Asks now, and from now on. */
export async function watchServer() {
  clearTimeout(timer);
  if (document.visibilityState === "visible") {
    try {
      noteServerState((await get("readyz")).ok ? "ready" : "starting");
    } catch {
      noteServerState("gone");
    }
  }
  timer = setTimeout(watchServer, state === "ready" ? EVERY_MS : WHILE_GONE_MS);
}

document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible" && timer) watchServer();
});
