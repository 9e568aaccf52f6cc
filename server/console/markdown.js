// Reads the part of Markdown that model cards are written in. The result is plain values; card.js turns them into
// elements with text nodes, so that a card cannot bring markup of its own.

/**
 * @typedef {{kind: "text" | "strong" | "em" | "code", text: string}} Run
 * @typedef {{kind: "heading", level: number, runs: Run[]} | {kind: "paragraph", runs: Run[]}
 *   | {kind: "list", ordered: boolean, items: Run[][]} | {kind: "code", text: string}
 *   | {kind: "table", head: Run[][], rows: Run[][][]}} Block
 */

/** @param {string} text one line or more @returns {Run[]} a link is its words; an address is not followed */
export function runs(text) {
  const flat = text.replace(/!?\[([^\]\n]*)\]\([^)\n]*\)/g, "$1");
  /** @type {Run[]} */
  const result = [];
  let at = 0;
  for (const match of flat.matchAll(/`([^`\n]+)`|\*\*([^*\n]+)\*\*|\*([^*\s][^*\n]*)\*/g)) {
    if (match.index > at) result.push({ kind: "text", text: flat.slice(at, match.index) });
    const [, code, strong, em] = match;
    result.push(
      code !== undefined
        ? { kind: "code", text: code }
        : strong !== undefined
          ? { kind: "strong", text: strong }
          : { kind: "em", text: em },
    );
    at = match.index + match[0].length;
  }
  if (at < flat.length) result.push({ kind: "text", text: flat.slice(at) });
  return result;
}

/** @param {string} line @returns {Run[][]} */
function cells(line) {
  return line
    .trim()
    .replace(/^\||\|$/g, "")
    .split("|")
    .map((cell) => runs(cell.trim()));
}

const ITEM = /^ {0,3}(?:[-*+]|(\d+)\.) +(.*)$/;
const HEADING = /^(#{1,6}) +(.*?)(?: +#+)?$/;
const FENCE = /^ {0,3}```/;
const RULE = /^\s*\|?(?:\s*:?-+:?\s*\|)+\s*:?-*:?\s*$/;

/** @param {string} markdown @returns {Block[]} */
export function parseMarkdown(markdown) {
  const lines = markdown.replace(/\r\n?/g, "\n").split("\n");
  /** @type {Block[]} */
  const blocks = [];
  for (let i = 0; i < lines.length;) {
    const line = lines[i];
    const heading = HEADING.exec(line);
    if (!line.trim()) {
      ++i;
    } else if (FENCE.test(line)) {
      const end = lines.findIndex((other, at) => at > i && FENCE.test(other));
      blocks.push({
        kind: "code",
        text: lines.slice(i + 1, end < 0 ? undefined : end).join("\n"),
      });
      i = end < 0 ? lines.length : end + 1;
    } else if (heading) {
      blocks.push({
        kind: "heading",
        level: heading[1].length,
        runs: runs(heading[2]),
      });
      ++i;
    } else if (line.includes("|") && RULE.test(lines[i + 1] ?? "")) {
      const from = i + 2;
      for (i = from; i < lines.length && lines[i].includes("|");) ++i;
      blocks.push({
        kind: "table",
        head: cells(line),
        rows: lines.slice(from, i).map(cells),
      });
    } else {
      const from = i;
      const first = ITEM.exec(line);
      for (
        ++i;
        i < lines.length &&
        lines[i].trim() &&
        !HEADING.test(lines[i]) &&
        !FENCE.test(lines[i]) &&
        (first || !ITEM.test(lines[i]));
      )
        ++i;
      blocks.push(
        first
          ? list(lines.slice(from, i), Boolean(first[1]))
          : { kind: "paragraph", runs: runs(lines.slice(from, i).join(" ")) },
      );
    }
  }
  return blocks;
}

/** @param {string[]} lines @param {boolean} ordered @returns {Block} an unmarked line goes on the item before it */
function list(lines, ordered) {
  /** @type {string[]} */
  const items = [];
  for (const line of lines) {
    const item = ITEM.exec(line);
    if (item) items.push(item[2]);
    else items[items.length - 1] += ` ${line.trim()}`;
  }
  return { kind: "list", ordered, items: items.map(runs) };
}
