// Asks the server what the live rules and edited ones would do with articles.
import { call } from "./connect.js";
import { articleOf } from "./draft.js";
import { language } from "./language.js";

/**
 * @typedef {import("./draft.js").Draft} Draft
 * @typedef {import("./comparison.js").Preview} Preview
 * @typedef {import("./comparison.js").Outcome} Outcome
 */

const AT_ONCE = 4;

/** @param {Draft} draft @param {string} rules empty: the live ones @param {AbortSignal} signal @returns {Promise<Preview>} */
async function preview(draft, rules, signal) {
  const answer = await call(
    "RoutingService/PreviewRouting",
    {
      article: articleOf(draft),
      displayLanguage: language(),
      ...(rules ? { rulesYaml: rules } : {}),
    },
    signal,
  );
  return {
    desks: answer.desks ?? [],
    decisions: answer.decisions ?? [],
    analysis: answer.analysis ?? {},
  };
}

/**
 * @param {Draft[]} drafts
 * @param {string} rules YAML; blank: only the live rules are asked
 * @param {AbortSignal} signal
 * @returns {Promise<Outcome[]>} in the order of `drafts`; throws CallError for rules that do not load
 */
export async function dryRun(drafts, rules, signal) {
  /** @type {Outcome[]} */
  const outcomes = [];
  let next = 0;
  const work = async () => {
    for (let i = next++; i < drafts.length; i = next++) {
      const [current, edited] = await Promise.all([
        preview(drafts[i], "", signal),
        rules.trim() ? preview(drafts[i], rules, signal) : null,
      ]);
      outcomes[i] = { draft: drafts[i], current, edited };
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, drafts.length) }, work));
  return outcomes;
}
