// Whether an HTML article is read as text or as source.
import { el } from "./dom.js";
import { t } from "./language.js";

/** @typedef {"reading" | "source"} View */

/** @param {(view: View) => void} onView @returns {{element: HTMLElement, show: (view: View) => void}} */
export function viewSwitch(onView) {
  const button = (/** @type {View} */ view) =>
    el("button", { type: "button", "data-view": view, onclick: () => onView(view) }, t(view));
  const element = el(
    "div",
    { class: "switch", role: "group", "aria-label": t("view") },
    button("reading"),
    button("source"),
  );
  return {
    element,
    show(view) {
      for (const one of element.children) {
        one.setAttribute("aria-pressed", String(one.getAttribute("data-view") === view));
      }
    },
  };
}
