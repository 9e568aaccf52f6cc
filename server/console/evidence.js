// Which part of a text speaks for which label: spans in, a row of segments out.

/**
 * @typedef {{field: string, begin: number, end: number, text: string, contribution: number, kind: string}} Evidence
 * @typedef {{begin: number, end: number, strength: number, hue: string, label: string, evidence: Evidence}} Span
 *   begin and end in UTF-16 units; strength 1 (faint) to 4
 * @typedef {{begin: number, end: number, span: Span | null}} Segment
 * @typedef {{id: string, name: string, hue: string, evidence: Evidence[]}} Label
 */

export const TITLE = "ARTICLE_FIELD_TITLE";
export const BODY = "ARTICLE_FIELD_BODY";

/**
 * The spans of one field that speak for labels. Strength is the share of the label's strongest span.
 * @param {Label[]} labels
 * @param {string} field
 * @returns {Span[]}
 */
export function spansOf(labels, field) {
  return labels.flatMap((label) => {
    const most = Math.max(...label.evidence.map((evidence) => evidence.contribution), 1e-9);
    return label.evidence
      .filter((evidence) => evidence.field === field && evidence.contribution > 0)
      .map((evidence) => ({
        begin: evidence.begin ?? 0,
        end: evidence.end,
        hue: label.hue,
        label: label.name,
        evidence,
        strength: Math.max(1, Math.ceil((evidence.contribution / most) * 4)),
      }));
  });
}

/**
 * Cuts [0, length) into segments that each have one span or none. Where spans overlap, the stronger one is shown.
 * @param {number} length
 * @param {Span[]} spans
 * @returns {Segment[]} in order, without gaps; empty for length 0
 */
export function segments(length, spans) {
  const inside = spans.filter((span) => span.begin < span.end && span.end <= length);
  const cuts = [...new Set([0, length, ...inside.flatMap((span) => [span.begin, span.end])])].sort((a, b) => a - b);
  /** @type {Segment[]} */
  const result = [];
  for (let i = 0; i + 1 < cuts.length; ++i) {
    const [begin, end] = [cuts[i], cuts[i + 1]];
    let best = null;
    for (const span of inside) {
      if (span.begin <= begin && end <= span.end && (!best || span.strength > best.strength)) best = span;
    }
    const last = result.at(-1);
    if (last && last.span === best) last.end = end;
    else result.push({ begin, end, span: best });
  }
  return result;
}

/**
 * Moves spans found in `before` to where they stand in `after`; those that the edit touched are dropped. So marks keep
 * their words while one types, until the next answer.
 * @param {Span[]} spans
 * @param {string} before
 * @param {string} after
 * @returns {Span[]}
 */
export function moved(spans, before, after) {
  if (before === after) return spans;
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && before[head] === after[head]) ++head;
  let tail = 0;
  while (tail < shorter - head && before.at(-1 - tail) === after.at(-1 - tail)) ++tail;
  const shift = after.length - before.length;
  return spans.flatMap((span) => {
    if (span.end <= head) return [span];
    if (span.begin >= before.length - tail) return [{ ...span, begin: span.begin + shift, end: span.end + shift }];
    return [];
  });
}
