// The article being written, and the ones before it. Both live in this tab's session storage only.
import { readText, writeText } from "./storage.js";

/**
 * @typedef {{id: string, title: string, body: string, language: string, source: string, published: string}} Draft
 *   `published` as a datetime-local field has it; empty fields are not sent
 */

const DRAFT_KEY = "rubricator.draft";
const RECENT_KEY = "rubricator.recent";
export const RECENT_LIMIT = 20;

/** @returns {Draft} */
export function newDraft() {
  return {
    id: crypto.randomUUID?.() ?? String(Math.random()),
    title: "",
    body: "",
    language: "",
    source: "",
    published: "",
  };
}

/** @returns {Draft} what was typed before a reload, else an empty one */
export function keptDraft() {
  return { ...newDraft(), ...read(DRAFT_KEY, {}) };
}

/** @param {Draft} draft */
export function keepDraft(draft) {
  write(DRAFT_KEY, draft);
}

/** @param {Draft} draft @returns {boolean} */
export function isBlank(draft) {
  return !draft.title.trim() && !draft.body.trim();
}

/** @param {Draft} draft @returns {string} its title, else its first words; empty if it has neither */
export function headlineOf(draft) {
  return (
    draft.title.trim() ||
    draft.body
      .slice(0, 2000)
      .replace(/<[^>]*>/g, " ")
      .replace(/\s+/g, " ")
      .trim()
      .slice(0, 80)
  );
}

/** @returns {Draft[]} the newest first */
export function recent() {
  return read(RECENT_KEY, []);
}

/** @param {Draft} draft takes the place of an earlier version of itself; when the storage is full, the oldest go */
export function remember(draft) {
  const articles = [draft, ...recent().filter((other) => other.id !== draft.id)].slice(0, RECENT_LIMIT);
  while (articles.length > 0 && !write(RECENT_KEY, articles)) articles.pop();
}

/** @param {string} [id] one article; without it, all */
export function forget(id) {
  write(RECENT_KEY, id ? recent().filter((draft) => draft.id !== id) : []);
}

/** @param {Draft} draft @returns {object} a rubricator.v1.Article in protobuf's JSON */
export function articleOf(draft) {
  const { title, body, language, source, published } = draft;
  const publishedAt = published && !Number.isNaN(Date.parse(published)) ? new Date(published).toISOString() : "";
  return Object.fromEntries(
    Object.entries({ title, body, language, source, publishedAt }).filter(([, value]) => value),
  );
}

/** @template T @param {string} key @param {T} otherwise @returns {T} */
function read(key, otherwise) {
  try {
    return JSON.parse(readText("sessionStorage", key) ?? "null") ?? otherwise;
  } catch {
    return otherwise;
  }
}

/** @param {string} key @param {unknown} value @returns {boolean} false when there is no room */
function write(key, value) {
  return writeText("sessionStorage", key, JSON.stringify(value));
}
