// What differs between two routings of an article, and what is wrong with rules.

/**
 * @typedef {import("./desks.js").Desk} Desk
 * @typedef {{desks: Desk[], decisions: any[], analysis: any}} Preview
 * @typedef {{draft: import("./draft.js").Draft, current: Preview, edited: Preview | null}} Outcome
 * @typedef {{id: string, name: string, change: "same" | "added" | "removed", desk: Desk}} ComparedDesk
 */

/** @param {Desk[]} current @param {Desk[]} edited @returns {ComparedDesk[]} the edited ones in their order, then what went */
export function compare(current, edited) {
  const compared = (/** @type {Desk} */ desk, /** @type {ComparedDesk["change"]} */ change) => ({
    id: desk.desk,
    name: desk.displayName,
    change,
    desk,
  });
  const before = new Set(current.map((desk) => desk.desk));
  const after = new Set(edited.map((desk) => desk.desk));
  return [
    ...edited.map((desk) => compared(desk, before.has(desk.desk) ? "same" : "added")),
    ...current.filter((desk) => !after.has(desk.desk)).map((desk) => compared(desk, "removed")),
  ];
}

/** @param {Outcome} outcome @returns {boolean} whether the article would go to other desks */
export function differs({ current, edited }) {
  return edited !== null && compare(current.desks, edited.desks).some((desk) => desk.change !== "same");
}

/** @param {string} message of rules that do not load @returns {{line: number, message: string}} line 0 when it names none */
export function rulesProblem(message) {
  const place = /(?:^|\s)\S*?:(\d+): ?([\s\S]*)$/.exec(message);
  return place
    ? { line: Number(place[1]), message: place[2] }
    : { line: 0, message: message.replace(/^rules_yaml: /, "") };
}
