// Articles that come as files or as examples.
import { looksLikeHtml, splitTitle } from "./markup.js";

/** @typedef {{title: string, body: string}} Text */

export const FILE_LIMIT_BYTES = 4 << 20;

/**
 * Reads an article as the `rubricator` command does: an h1 is HTML's title; else the first line is, if an empty one follows.
 * @param {string} name
 * @param {string} text
 * @returns {Text}
 */
export function parseArticle(name, text) {
  const source = text.replace(/^\ufeff/, "").replace(/\r\n?/g, "\n");
  if (/\.html?$/i.test(name) || (looksLikeHtml(source) && /<h1\b/i.test(source))) return splitTitle(source);
  const lines = /^\s*(?:#+ +)?([^\n]+)\n[ \t]*\n/.exec(source);
  if (!lines) return { title: "", body: source.trim() };
  return { title: lines[1].trim(), body: source.slice(lines[0].length).trim() };
}

/**
 * @param {File} file
 * @returns {Promise<Text | "fileUnreadable" | "fileTooLong">}
 */
export async function readArticle(file) {
  if (file.size > FILE_LIMIT_BYTES) return "fileTooLong";
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer());
    return text.includes("\0") ? "fileUnreadable" : parseArticle(file.name, text);
  } catch {
    return "fileUnreadable";
  }
}

/** @typedef {{file: string, language: "ru" | "en", about: {en: string, ru: string}}} Example */

/** Of examples/articles. @type {Example[]} */
export const EXAMPLES = [
  {
    file: "01-russia-kyrgyzstan-presidents.html",
    language: "ru",
    about: {
      en: "Two presidents meet: three topics, two countries",
      ru: "Встреча президентов: три темы, две страны",
    },
  },
  {
    file: "03-kazakhstan-china-visit.html",
    language: "en",
    about: {
      en: "Kazakhstan and China: a visit",
      ru: "Казахстан и Китай: визит",
    },
  },
  {
    file: "05-refugees-chad-sudan.txt",
    language: "ru",
    about: { en: "A camp for refugees", ru: "Лагерь беженцев" },
  },
  {
    file: "17-nato-exercise-estonia.txt",
    language: "en",
    about: { en: "An exercise in Estonia", ru: "Учения в Эстонии" },
  },
  {
    file: "18-river-museum-rybinsk.txt",
    language: "ru",
    about: { en: "A new museum", ru: "Новый музей" },
  },
  {
    file: "10-too-thin.txt",
    language: "ru",
    about: {
      en: "A draft that is too thin",
      ru: "Черновик, в котором мало слов",
    },
  },
];

/** @param {string} file @returns {Promise<Text>} */
export async function readExample(file) {
  const response = await fetch(new URL(`examples/${file}`, import.meta.url));
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  return parseArticle(file, await response.text());
}

/** @returns {Promise<string>} examples/routing.yaml */
export async function readExampleRules() {
  const response = await fetch(new URL("examples/routing.yaml", import.meta.url));
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  return response.text();
}
