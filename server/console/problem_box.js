// What went wrong and what to do, with a way to try again where that can help.
import { el } from "./dom.js";
import { t } from "./language.js";

/**
 * @param {import("./plain_words.js").Explanation} explanation
 * @param {() => void} [onRetry] no button without it
 * @returns {HTMLElement}
 */
export function problemBox({ title, advice }, onRetry) {
  const retry = onRetry && el("button", { type: "button", class: "solid", onclick: onRetry }, t("tryAgain"));
  return el("div", { class: "problem", role: "alert" }, el("h2", {}, title), el("p", {}, advice), retry);
}
