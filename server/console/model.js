// What the server's model knows, kept until another version answers.
import { call } from "./connect.js";
import { language, onLanguage } from "./language.js";

/** @typedef {{version: string, thresholds: Map<string, number>, names: Map<string, string>, languages: string[]}} KnownModel */

/** @type {any} */
let model = null;
/** @type {KnownModel | null} */
let known = null;
onLanguage(() => {
  known = null;
});

/**
 * @param {string} version that has just answered
 * @returns {Promise<KnownModel>} without thresholds and names when the server does not tell
 */
export async function currentModel(version) {
  if (known?.version === version) return known;
  try {
    if (model?.version !== version) model = (await call("ModelService/GetModel", { version })).model;
  } catch {
    return {
      version: "",
      thresholds: new Map(),
      names: new Map(),
      languages: [],
    };
  }
  known = {
    version,
    thresholds: new Map((model.topics ?? []).map((/** @type {any} */ topic) => [topic.id, topic.threshold ?? 0])),
    names: new Map(
      (model.topics ?? []).map((/** @type {any} */ topic) => [topic.id, topic.displayNames?.[language()] ?? topic.id]),
    ),
    languages: model.languages ?? [],
  };
  return known;
}
