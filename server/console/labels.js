// Topics and countries of an answer, as labels with a colour and evidence.

/**
 * @typedef {import("./evidence.js").Label} Label
 * @typedef {{id: string, displayName: string, confidence: number, evidence?: any[], otherContribution?: number}} Topic
 * @typedef {{code: string, displayName: string, role: string, confidence: number, areas?: string[], groups?: string[],
 *   evidence?: any[]}} Region
 */

/** The topics that this product is for have colours of their own; others take the next free one. @type {Record<string, string>} */
const OWN = {
  foreign_policy: "hue-blue",
  security: "hue-red",
  humanitarian_cooperation: "hue-green",
};
const OTHERS = ["hue-violet", "hue-ochre", "hue-teal", "hue-rose", "hue-grey"];

/** @param {Topic[]} topics @returns {Label[]} */
export function topicLabels(topics) {
  let next = 0;
  return topics.map((topic) => ({
    id: `topic ${topic.id}`,
    name: topic.displayName,
    evidence: topic.evidence ?? [],
    hue: OWN[topic.id] ?? OTHERS[Math.min(next++, OTHERS.length - 1)],
  }));
}

/** @param {Region[]} regions @returns {Label[]} */
export function regionLabels(regions) {
  return regions.map((region) => ({
    id: `region ${region.code}`,
    name: region.displayName,
    evidence: region.evidence ?? [],
    hue: "hue-country",
  }));
}
