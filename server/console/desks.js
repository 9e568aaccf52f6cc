// The desks that get an article, each with the rule that chose it and why.
import { el } from "./dom.js";
import { t } from "./language.js";
import { reasonWords } from "./reason.js";

/** @typedef {{desk: string, displayName: string, rule: string, reason: string, stage?: string, tags?: string[]}} Desk */

/** @param {Desk[]} desks @param {Map<string, string>} names of topics @returns {HTMLElement} */
export function deskList(desks, names) {
  const known = new Map([
    ...desks.map((desk) => /** @type {[string, string]} */ ([desk.desk, desk.displayName])),
    ...names,
  ]);
  return el(
    "ul",
    { class: "desks-list" },
    ...desks.map((desk) =>
      el(
        "li",
        { class: "desk", "data-desk": desk.desk },
        el(
          "p",
          { class: "desk-name" },
          desk.displayName,
          desk.stage ? el("span", { class: "chip" }, desk.stage) : null,
          ...(desk.tags ?? []).map((tag) => el("span", { class: "chip" }, `#${tag}`)),
        ),
        el(
          "p",
          { class: "desk-why" },
          ruleWords(desk.rule),
          desk.rule === "fallback" ? null : el("span", { class: "desk-reason" }, reasonWords(desk.reason, known)),
        ),
      ),
    ),
  );
}

/** @param {string} rule @returns {Node} */
function ruleWords(rule) {
  if (rule === "fallback") return el("span", {}, t("ruleFallback"));
  if (rule === "low_confidence") return el("span", {}, t("ruleUnsure"));
  return el("span", {}, `${t("rule")} `, el("code", {}, rule));
}
