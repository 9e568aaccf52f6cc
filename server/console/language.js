// The language of the interface, and its words.
import { readText, writeText } from "./storage.js";
import { english } from "./words_en.js";
import { russian } from "./words_ru.js";

/** @typedef {"en" | "ru"} Language */

const KEY = "rubricator.language";
const words = { en: english, ru: russian };

/** @type {Language} */
let current = choose();
/** @type {(() => void)[]} */
const listeners = [];

/** @returns {Language} the one chosen here before, else the browser's if it is Russian, else English */
function choose() {
  const kept = readText("localStorage", KEY);
  if (kept === "en" || kept === "ru") return kept;
  return navigator.language.toLowerCase().startsWith("ru") ? "ru" : "en";
}

/** @returns {Language} */
export function language() {
  return current;
}

/** @param {Language} next */
export function setLanguage(next) {
  current = next;
  writeText("localStorage", KEY, next);
  translatePage();
  for (const listener of listeners) listener();
}

/** @param {() => void} listener called after each change of language */
export function onLanguage(listener) {
  listeners.push(listener);
}

/**
 * The words for a key, with `{name}` filled in. A plural is an object by plural category, chosen by `count`.
 * @param {keyof typeof english} key
 * @param {Record<string, string | number>} [values]
 * @returns {string}
 */
export function t(key, values = {}) {
  /** @type {string | Record<string, string>} */
  const entry = words[current][key];
  const text =
    typeof entry === "string"
      ? entry
      : (entry[new Intl.PluralRules(current).select(Number(values.count))] ?? entry.other);
  return text.replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
}

/** @param {string} tag a BCP 47 primary tag, or "und" @returns {string} its name in the interface's language */
export function languageName(tag) {
  if (!tag || tag === "und") return t("unknownLanguage");
  try {
    const name = new Intl.DisplayNames([current], { type: "language" }).of(tag) ?? tag;
    return name[0].toLocaleUpperCase(current) + name.slice(1);
  } catch {
    return tag;
  }
}

/** @param {number} value @param {number} [most] digits after the point @param {number} [least] @returns {string} */
export function number(value, most = 0, least = 0) {
  return new Intl.NumberFormat(current, {
    maximumFractionDigits: most,
    minimumFractionDigits: least,
  }).format(value);
}

/** @param {number} share in [0, 1] @returns {string} whole per cent; never "100 %", as no model is that certain */
export function percent(share) {
  const format = new Intl.NumberFormat(current, { style: "percent" });
  if (share > 0.995) return `>${current === "ru" ? "\u202f" : ""}${format.format(0.99)}`;
  return format.format(share);
}

/** Fills in the words of index.html itself. */
export function translatePage() {
  document.documentElement.lang = current;
  for (const element of document.querySelectorAll("[data-t]")) {
    element.textContent = t(/** @type {any} */ (element).dataset.t);
  }
  for (const element of document.querySelectorAll("[data-t-label]")) {
    element.setAttribute("aria-label", t(/** @type {any} */ (element).dataset.tLabel));
  }
}
