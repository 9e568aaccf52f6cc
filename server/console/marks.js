// Draws marks into text: beneath a text field, or into the blocks of an HTML article.
import { el, fill } from "./dom.js";
import { segments } from "./evidence.js";
import { bindTip } from "./tip.js";

/**
 * @typedef {import("./evidence.js").Span} Span
 * @typedef {import("./markup.js").Block} Block
 */

/** @type {Record<string, string>} */
const TAGS = {
  p: "p",
  h2: "h2",
  li: "p",
  blockquote: "blockquote",
  small: "p",
};

/** @param {Span} span @param {string} text */
function mark(span, text) {
  const element = el(
    "mark",
    {
      class: `strength-${span.strength} ${span.hue}`,
      "data-at": `${span.evidence.field} ${span.evidence.begin}`,
    },
    text,
  );
  bindTip(element, span);
  return element;
}

/**
 * The same text that a field above it shows, with marks. The last line end needs something after it to be seen.
 * @param {HTMLElement} under
 * @param {string} text
 * @param {Span[]} spans
 */
export function drawUnder(under, text, spans) {
  fill(
    under,
    ...segments(text.length, spans).map(({ begin, end, span }) => {
      const part = text.slice(begin, end);
      return span ? mark(span, part) : part;
    }),
    "\u200b",
  );
}

/**
 * @param {HTMLElement} page
 * @param {Block[]} blocks
 * @param {string} source that the blocks were read from
 * @param {Span[]} spans
 */
export function drawBlocks(page, blocks, source, spans) {
  const all = segments(source.length, spans);
  let first = 0;
  fill(
    page,
    ...blocks.map((block) => {
      const element = el(TAGS[block.kind], { class: `block-${block.kind}` });
      /** @type {{span: Span | null, into: HTMLElement}} one mark goes on through tags and references */
      let open = { span: null, into: element };
      for (const piece of block.pieces) {
        while (first < all.length && all[first].end <= piece.begin) ++first;
        for (let i = first; i < all.length && all[i].begin < piece.end; ++i) {
          const { span } = all[i];
          const part = pieceText(piece, all[i].begin, all[i].end);
          if (span !== open.span) {
            open = { span, into: span ? mark(span, "") : element };
            if (span) element.append(open.into);
          }
          open.into.append(part);
        }
      }
      return element;
    }),
  );
}

/** A character reference is shown whole: its text is not as long as its source. */
function pieceText(
  /** @type {import("./markup.js").Piece} */ piece,
  /** @type {number} */ begin,
  /** @type {number} */ end,
) {
  if (piece.text.length !== piece.end - piece.begin) return begin <= piece.begin ? piece.text : "";
  return piece.text.slice(Math.max(begin - piece.begin, 0), end - piece.begin);
}
