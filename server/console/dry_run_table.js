// Which desk each article goes to, under the live rules and under the edited ones.
import { compare, differs } from "./comparison.js";
import { headlineOf } from "./draft.js";
import { el } from "./dom.js";
import { t } from "./language.js";
import { reasonWords } from "./reason.js";

/**
 * @typedef {import("./comparison.js").Outcome} Outcome
 * @typedef {{opened: Set<string>, names: Map<string, string>, onForget: (id: string) => void}} View
 */

/** @param {Outcome[]} outcomes @param {View} view @returns {HTMLElement} */
export function dryRunTable(outcomes, view) {
  const edited = outcomes.some((outcome) => outcome.edited);
  return el(
    "table",
    { class: edited ? "dry-run" : "dry-run single" },
    el(
      "thead",
      {},
      el(
        "tr",
        {},
        el("th", { scope: "col" }, t("columnArticle")),
        el("th", { scope: "col" }, t("columnCurrent")),
        edited ? el("th", { scope: "col" }, t("columnEdited")) : null,
      ),
    ),
    el("tbody", {}, ...outcomes.flatMap((outcome, i) => rows(outcome, `why-${i}`, edited, view))),
  );
}

/** @param {Outcome} outcome @param {string} id @param {boolean} edited @param {View} view @returns {HTMLElement[]} */
function rows(outcome, id, edited, view) {
  const { draft, current } = outcome;
  const other = differs(outcome);
  const title = headlineOf(draft) || t("noTitle");
  const reasons = el(
    "tr",
    {
      class: other ? "why differs" : "why",
      id,
      hidden: !view.opened.has(draft.id),
    },
    el("td", { colspan: edited ? 3 : 2 }, decisions(outcome, view)),
  );
  const toggle = el(
    "button",
    {
      type: "button",
      class: "why-button",
      "aria-controls": id,
      "aria-expanded": String(!reasons.hidden),
      onclick: () => {
        reasons.hidden = !reasons.hidden;
        toggle.setAttribute("aria-expanded", String(!reasons.hidden));
        if (reasons.hidden) view.opened.delete(draft.id);
        else view.opened.add(draft.id);
      },
    },
    t("why"),
  );
  return [
    el(
      "tr",
      { class: other ? "article-row differs" : "article-row" },
      el(
        "th",
        { scope: "row", "data-column": t("columnArticle") },
        el("span", { class: "dry-title" }, title),
        other ? el("span", { class: "changed" }, t("changed")) : null,
        el(
          "button",
          {
            type: "button",
            class: "forget",
            "aria-label": t("forgetOne", { title }),
            title: t("forgetOne", { title }),
            onclick: () => view.onForget(draft.id),
          },
          "×",
        ),
        toggle,
      ),
      el(
        "td",
        { "data-column": t("columnCurrent") },
        el("ul", { class: "desk-chips" }, ...current.desks.map((desk) => chip(desk.displayName, "same", ruleOf(desk)))),
      ),
      edited
        ? el(
            "td",
            { "data-column": t("columnEdited") },
            el(
              "ul",
              { class: "desk-chips" },
              ...compare(current.desks, outcome.edited?.desks ?? []).map((desk) =>
                chip(desk.name, desk.change, ruleOf(desk.desk)),
              ),
            ),
          )
        : null,
    ),
    reasons,
  ];
}

/** @param {import("./desks.js").Desk} desk */
function ruleOf(desk) {
  return desk.rule === "fallback"
    ? t("ruleFallback")
    : desk.rule === "low_confidence"
      ? t("ruleUnsure")
      : `${t("rule")} ${desk.rule}`;
}

/** @param {string} name @param {"same" | "added" | "removed"} change @param {string} rule */
function chip(name, change, rule) {
  return el(
    "li",
    { class: `desk-chip ${change}`, title: rule },
    change === "same" ? null : el("span", { "aria-hidden": "true" }, change === "added" ? "+ " : "− "),
    change === "removed" ? el("s", {}, name) : name,
    change === "same" ? null : el("span", { class: "unseen" }, `, ${t(change)}`),
  );
}

/** What each rule said: the edited rules', where there are some. @param {Outcome} outcome @param {View} view */
function decisions({ current, edited }, view) {
  const { decisions: all, desks } = edited ?? current;
  const names = new Map([
    ...desks.map((desk) => /** @type {[string, string]} */ ([desk.desk, desk.displayName])),
    ...view.names,
  ]);
  return el(
    "ol",
    { class: "decisions" },
    ...all.map((decision) =>
      el(
        "li",
        { class: verdict(decision) },
        el("code", {}, decision.rule),
        " ",
        el("span", { class: "verdict" }, t(/** @type {any} */ (`decision${verdict(decision)}`))),
        " ",
        el("span", { class: "decision-reason" }, reasonWords(decision.reason ?? "", names)),
      ),
    ),
  );
}

/** @param {any} decision @returns {"Matched" | "Skipped" | "Near" | "Not"} */
function verdict(decision) {
  if (decision.matched) return "Matched";
  if (decision.skipped) return "Skipped";
  return decision.failedConditions === 1 ? "Near" : "Not";
}
