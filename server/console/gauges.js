// The server's metrics at a glance.
import { bar, el } from "./dom.js";
import { language, number, percent, t } from "./language.js";
import { quantile, sums } from "./prometheus.js";

/** As server/ names them; docs/operations/ lists them all. */
const CALLS = "rubricator_calls_total";
const DURATION = "rubricator_call_duration_seconds";
const ARTICLES = "rubricator_articles_total";
const TOPICS = "rubricator_topics_total";
const REGIONS = "rubricator_regions_total";

/** How many countries are shown. */
const MOST_COUNTRIES = 8;

const OUTCOMES = ["CLASSIFIED", "NO_TOPIC", "INSUFFICIENT_TEXT", "UNSUPPORTED_LANGUAGE"];

/** @param {import("./prometheus.js").Sample[]} samples @param {Map<string, string>} names of topics @returns {HTMLElement} */
export function gauges(samples, names) {
  const byCode = sums(samples, CALLS, "code");
  const requests = total(byCode);
  if (requests === 0) return el("p", { class: "note" }, t("noMetricsYet"));
  const failed = requests - (byCode.get("OK") ?? byCode.get("ok") ?? 0);
  const outcomes = new Map(
    [...sums(samples, ARTICLES, "outcome")].map(([key, value]) => [key.toUpperCase().replace("OUTCOME_", ""), value]),
  );
  const shown = OUTCOMES.filter((outcome) => outcomes.get(outcome)).map(
    (outcome) =>
      /** @type {[string, number]} */ ([t(/** @type {any} */ (`count${outcome}`)), outcomes.get(outcome) ?? 0]),
  );
  const topics = ranked(sums(samples, TOPICS, "topic"), (id) => names.get(id) ?? id);
  const countries = new Intl.DisplayNames([language()], { type: "region" });
  const regions = ranked(
    sums(
      samples.filter((sample) => sample.labels.role === "focus"),
      REGIONS,
      "region",
    ),
    (code) => countries.of(code) ?? code,
  );
  const classify = samples.filter((sample) => sample.labels.method?.endsWith("ClassifyArticle"));
  return el(
    "div",
    { class: "gauges" },
    el(
      "dl",
      { class: "figures" },
      figure(t("requests"), number(requests)),
      figure(t("failed"), failed ? `${number(failed)} · ${percent(failed / requests)}` : "0"),
      figure(t("p50"), duration(quantile(classify, DURATION, 0.5))),
      figure(t("p99"), duration(quantile(classify, DURATION, 0.99))),
    ),
    counts(t("outcomes"), shown, "outcomes"),
    counts(t("topicsGiven"), topics, "topics-given"),
    counts(t("countriesGiven"), regions.slice(0, MOST_COUNTRIES), "countries-given"),
    el("p", { class: "privacy" }, t("sinceStart")),
  );
}

/** @param {Map<string, number>} values @param {(id: string) => string} name @returns {[string, number][]} the most frequent first */
function ranked(values, name) {
  return [...values]
    .filter(([, value]) => value > 0)
    .sort((a, b) => b[1] - a[1])
    .map(([id, value]) => [name(id), value]);
}

/** @param {Map<string, number>} values */
function total(values) {
  return [...values.values()].reduce((sum, value) => sum + value, 0);
}

/** @param {string} name @param {string} value */
function figure(name, value) {
  return el("div", {}, el("dt", {}, name), el("dd", {}, value));
}

/** @param {number | null} seconds */
function duration(seconds) {
  return seconds === null
    ? "–"
    : t("ms", {
        n: new Intl.NumberFormat(language(), {
          maximumSignificantDigits: 2,
        }).format(seconds * 1000),
      });
}

/** @param {string} heading @param {[string, number][]} rows @param {string} name */
function counts(heading, rows, name) {
  if (rows.length === 0) return null;
  const most = Math.max(...rows.map(([, value]) => value));
  return el(
    "section",
    { class: "counts", "data-counts": name },
    el("h3", {}, heading),
    el(
      "ul",
      {},
      ...rows.map(([label, value]) =>
        el(
          "li",
          {},
          el("span", { class: "count-name" }, label),
          " ",
          el("span", { class: "count-value" }, number(value)),
          bar(value / most),
        ),
      ),
    ),
  );
}
