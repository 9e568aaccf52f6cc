// What the article is about: topics, countries and desks of an answer, or why there is none.
import { deskList } from "./desks.js";
import { el } from "./dom.js";
import { labelRow } from "./label_row.js";
import { language, languageName, number, percent, t } from "./language.js";
import { areaName, groupName } from "./places.js";
import { signed } from "./tip.js";

/**
 * @typedef {import("./evidence.js").Label} Label
 * @typedef {{analysis: any, topics: Label[], regions: Label[], milliseconds: number}} Answer
 * @typedef {{chosen: string, thresholds: Map<string, number>, names: Map<string, string>, languages: string[],
 *   onChoose: (id: string) => void, onPoint: import("./label_row.js").OnPoint}} View
 */

/** @param {Answer} answer @param {View} view @returns {HTMLElement[]} */
export function results(answer, view) {
  const { analysis } = answer;
  return [
    ...abstention(analysis, view),
    ...(analysis.topics?.length || analysis.outcome === "OUTCOME_CLASSIFIED" ? [topics(answer, view)] : []),
    countries(answer, view),
    section("desks", deskList(analysis.desks ?? [], view.names)),
    el(
      "p",
      { class: "meta" },
      ...[
        `${t("detected")}: ${languageName(analysis.language)}`,
        t("answeredIn", {
          ms: number(answer.milliseconds, answer.milliseconds < 10 ? 1 : 0),
        }),
        `${t("model")} ${analysis.modelVersion}`,
      ].flatMap((part, i) => [i ? " · " : "", el("span", {}, part)]),
    ),
  ];
}

/** @param {"topics" | "countries" | "desks"} name @param {...Node} children */
function section(name, ...children) {
  return el(
    "section",
    { class: `result ${name}`, "aria-labelledby": `heading-${name}` },
    el("h2", { id: `heading-${name}` }, t(name)),
    ...children,
  );
}

/** @param {any} analysis @param {View} view @returns {HTMLElement[]} */
function abstention(analysis, view) {
  const outcome = String(analysis.outcome).replace("OUTCOME_", "");
  if (outcome === "CLASSIFIED") return [];
  const list = new Intl.ListFormat(language(), { type: "conjunction" });
  const values = {
    language: languageName(analysis.language),
    languages: list.format(view.languages.map(languageName)),
  };
  return [
    el(
      "div",
      { class: "abstention", "data-outcome": outcome },
      el("h2", {}, t(/** @type {any} */ (`outcome${outcome}`))),
      el("p", {}, t(/** @type {any} */ (`outcome${outcome}Text`), values)),
    ),
  ];
}

/** @param {Answer} answer @param {View} view */
function topics({ analysis, topics: labels }, view) {
  if (labels.length === 0) return section("topics", el("p", { class: "note" }, t("noTopics")));
  return section(
    "topics",
    el(
      "ul",
      { class: "labels" },
      ...labels.map((label, i) => {
        const topic = analysis.topics[i];
        const threshold = view.thresholds.get(topic.id);
        const count = label.evidence.length;
        const notes = [
          threshold === undefined ? "" : t("threshold", { share: percent(threshold) }),
          count ? `${t("passages", { count, n: count })}:` : "",
        ].filter(Boolean);
        const row = labelRow({
          label,
          confidence: topic.confidence,
          threshold,
          chosen: view.chosen === label.id,
          notes: [notes.join(" ")],
          onChoose: () => view.onChoose(label.id),
          onPoint: view.onPoint,
        });
        if (view.chosen === label.id && topic.otherContribution) {
          row.lastElementChild?.append(
            el(
              "p",
              { class: "note other" },
              t("otherText"),
              " ",
              el("span", { class: "passage-value" }, signed(topic.otherContribution)),
            ),
          );
        }
        return row;
      }),
    ),
  );
}

/** @param {Answer} answer @param {View} view */
function countries({ analysis, regions: labels }, view) {
  if (labels.length === 0) return section("countries", el("p", { class: "note" }, t("noCountries")));
  const inRole = (/** @type {string} */ role) =>
    labels.flatMap((label, i) =>
      analysis.regions[i].role === role ? [country(label, analysis.regions[i], view)] : [],
    );
  const focus = inRole("REGION_ROLE_FOCUS");
  const mentioned = inRole("REGION_ROLE_MENTIONED");
  return section(
    "countries",
    ...(focus.length ? [el("h3", {}, t("focus")), el("ul", { class: "labels" }, ...focus)] : []),
    ...(mentioned.length ? [el("h3", {}, t("mentioned")), el("ul", { class: "labels mentioned" }, ...mentioned)] : []),
  );
}

/** @param {Label} label @param {any} region @param {View} view */
function country(label, region, view) {
  const areas = (region.areas ?? []).filter((/** @type {string} */ area) => area !== "001").map(areaName);
  const groups = (region.groups ?? []).map(groupName);
  const count = label.evidence.length;
  return labelRow({
    label,
    confidence: region.confidence,
    chosen: view.chosen === label.id,
    notes: [
      areas.length ? `${t("areas")}: ${areas.join(" · ")}` : "",
      groups.length ? `${t("groups")}: ${groups.join(", ")}` : "",
      count ? `${t("named", { count, n: count })}:` : "",
    ].filter(Boolean),
    onChoose: () => view.onChoose(label.id),
    onPoint: view.onPoint,
  });
}
