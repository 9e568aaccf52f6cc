// What went wrong, in plain words, and what to do about it.
import { CallError } from "./connect.js";
import { number, t } from "./language.js";

/** @typedef {{title: string, advice: string, field: string, waits: boolean}} Explanation `waits`: it may pass by itself */

/** @type {Record<string, "fieldTitle" | "fieldBody" | "fieldLanguage" | "fieldSource" | "fieldDate">} */
const FIELDS = {
  "article.title": "fieldTitle",
  "article.body": "fieldBody",
  "article.language": "fieldLanguage",
  "article.source": "fieldSource",
  "article.published_at": "fieldDate",
};

/** @param {unknown} error @returns {Explanation} */
export function explain(error) {
  const call = error instanceof CallError ? error : new CallError("internal", String(error));
  const { code, field, message } = call;
  const plain = (/** @type {any} */ key, waits = false, values = {}) => ({
    title: t(key, values),
    advice: sentence(t(/** @type {any} */ (`${key}Text`), { ...values, message })),
    field,
    waits,
  });

  const tooLong = /is (\d+) bytes; limit is (\d+)/.exec(message);
  if (tooLong) {
    const name = t(FIELDS[field] ?? "fieldArticle");
    return plain("errorTooLong", false, {
      field: name,
      size: size(tooLong[1]),
      limit: size(tooLong[2]),
    });
  }
  switch (code) {
    case "unreachable":
      return plain("errorUnreachable", true);
    case "unavailable":
      return plain("errorUnavailable", true);
    case "resource_exhausted":
      return plain("errorBusy");
    case "deadline_exceeded":
      return plain("errorSlow");
    case "unauthenticated":
    case "permission_denied":
      return plain("errorAccess");
    case "invalid_argument":
      return plain("errorField", false, {
        field: t(FIELDS[field] ?? "fieldArticle"),
      });
    default:
      return plain("errorOther");
  }
}

/** @param {string} text */
function sentence(text) {
  return text.charAt(0).toLocaleUpperCase() + text.slice(1);
}

/** @param {string} bytes */
function size(bytes) {
  return t("bytes", { n: number(Number(bytes)) });
}
