// A topic or country in the results: a button with a bar that switches its evidence, and the passages behind it.
import { bar, el } from "./dom.js";
import { percent, t } from "./language.js";
import { contributionWords, isWord, kindWords, signed } from "./tip.js";

/**
 * @typedef {import("./evidence.js").Label} Label
 * @typedef {import("./evidence.js").Evidence} Evidence
 * @typedef {{label: Label, confidence: number, threshold?: number, chosen: boolean, notes: (Node | string)[],
 *   onChoose: () => void, onPoint: OnPoint}} Row
 * @typedef {(evidence: Evidence, scroll: boolean) => void} OnPoint
 */

/** The text stands beside the results: scrolling to it does not take the focus out of sight. */
const BESIDE = matchMedia("(min-width: 961px)");

/** @param {Row} row @returns {HTMLElement} */
export function labelRow({ label, confidence, threshold, chosen, notes, onChoose, onPoint }) {
  const more = `more-${label.id.replace(" ", "-")}`;
  return el(
    "li",
    { class: `label ${label.hue}${chosen ? " chosen" : ""}` },
    el(
      "button",
      {
        type: "button",
        class: "label-button",
        "data-label": label.id,
        "aria-pressed": String(chosen),
        "aria-expanded": String(chosen),
        "aria-controls": more,
        title: t("show"),
        onclick: onChoose,
      },
      el("span", { class: "label-name" }, label.name),
      " ",
      el("span", { class: "label-share" }, percent(confidence)),
      bar(confidence, threshold),
    ),
    el(
      "div",
      { class: "label-more", id: more, hidden: !chosen },
      ...(chosen ? [...notes.map((note) => el("p", { class: "note" }, note)), passages(label, onPoint)] : []),
    ),
  );
}

/** @param {Label} label @param {OnPoint} onPoint */
function passages(label, onPoint) {
  if (label.evidence.length === 0) return el("p", { class: "note" }, t("noPassages"));
  return el(
    "ul",
    { class: "passages" },
    ...label.evidence.map((evidence) => {
      const value = isWord(evidence) ? signed(evidence.contribution) : kindWords(evidence);
      return el(
        "li",
        {},
        el(
          "button",
          {
            type: "button",
            class: "passage",
            onclick: () => onPoint(evidence, true),
            onfocus: () => onPoint(evidence, BESIDE.matches),
            title: contributionWords(evidence, label.name),
          },
          el("span", { class: "passage-text" }, evidence.text.replace(/\s+/g, " ").trim()),
          " ",
          el("span", { class: "passage-value" }, value),
        ),
      );
    }),
  );
}
