// Reads HTML into blocks of text whose pieces know where they stand in the source, so that evidence finds them.
// Only text comes out: no element, attribute, script or address of the source survives.

/**
 * @typedef {{text: string, begin: number, end: number}} Piece text, and its span of the source in UTF-16 units
 * @typedef {{kind: "p" | "h2" | "li" | "blockquote" | "small", pieces: Piece[]}} Block
 */

const INLINE = new Set(
  (
    "a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd mark q rp rt ruby s samp " +
    "small span strike strong sub sup time u"
  ).split(" "),
);
const UNSEEN = /^(script|style|head|template|textarea|select|object)$/;
/** @type {Record<string, Block["kind"]>} */
const KINDS = {
  h1: "h2",
  h2: "h2",
  h3: "h2",
  h4: "h2",
  h5: "h2",
  h6: "h2",
  li: "li",
  blockquote: "blockquote",
  figcaption: "small",
  th: "p",
  td: "p",
};
/** Characters that may be read in vain for tags that never end; past it, "<" is text. Keeps bad input linear. */
const VAIN_LIMIT = 1_000_000;

/** @param {string} body @returns {boolean} whether a body of undeclared format is HTML, as the server decides it */
export function looksLikeHtml(body) {
  return /<(?:[a-z/!?])|&(?:#?[a-z\d]{1,31});/i.test(body);
}

/** @param {string} reference such as "&nbsp;" @returns {string} */
export function decoded(reference) {
  // The dot keeps a reference to white space from being dropped at the beginning of a document.
  return (new DOMParser().parseFromString(`.${reference}`, "text/html").body.textContent ?? "").slice(1);
}

/**
 * @param {string} source
 * @param {(reference: string) => string} [decode]
 * @returns {Block[]} without blocks of mere white space
 */
export function blocks(source, decode = decoded) {
  /** @type {Block[]} */
  const result = [];
  /** @type {Block["kind"][]} */
  const around = [];
  /** @type {Piece[]} */
  let pieces = [];
  const known = new Map();

  const endBlock = () => {
    if (pieces.some((piece) => piece.text.trim())) result.push({ kind: around.at(-1) ?? "p", pieces });
    pieces = [];
  };
  const add = (/** @type {string} */ text, /** @type {number} */ begin, /** @type {number} */ end) => {
    if (begin < end) pieces.push({ text, begin, end });
  };

  const next = tokens(source);
  let at = 0;
  for (let token = next(0); token; token = next(at)) {
    add(source.slice(at, token.begin), at, token.begin);
    at = token.end;
    const { name } = token;
    if (token.reference) {
      if (!known.has(token.reference)) known.set(token.reference, decode(token.reference));
      add(known.get(token.reference), token.begin, token.end);
    } else if (UNSEEN.test(name)) {
      if (token.opens) at = endOfUnseen(source, name, at);
    } else if (name && !INLINE.has(name)) {
      endBlock();
      // An item needs no end tag: the next one, or the end of the list, ends it.
      const kind = name === "ul" || name === "ol" ? "li" : KINDS[name];
      if (around.at(-1) === kind && (!token.opens || kind === "li")) around.pop();
      if (KINDS[name] && token.opens) around.push(KINDS[name]);
    }
  }
  add(source.slice(at), at, source.length);
  endBlock();
  return result;
}

/**
 * @param {string} source
 * @returns {(from: number) => {begin: number, end: number, name: string, opens: boolean, reference: string} | null}
 *   gives the next tag, comment or character reference at or after `from`
 */
function tokens(source) {
  const start = /<(?:!--|[!?]|(\/?)([a-z][^\s/><]{0,63}))|&(?:#\d{1,8}|#x[\da-f]{1,8}|[a-z][a-z\d]{0,31});/gi;
  let vain = 0;
  return (from) => {
    start.lastIndex = from;
    for (let match = start.exec(source); match; match = start.exec(source)) {
      const [text, slash, name] = match;
      const token = {
        begin: match.index,
        name: (name ?? "").toLowerCase(),
        opens: slash === "",
        reference: "",
      };
      if (text[0] === "&") return { ...token, end: start.lastIndex, reference: text };
      const end =
        vain > VAIN_LIMIT
          ? 0
          : text === "<!--"
            ? after(source, "-->", start.lastIndex)
            : tagEnd(source, start.lastIndex);
      if (end) return { ...token, end, opens: token.opens && source[end - 2] !== "/" };
      vain += source.length - match.index;
    }
    return null;
  };
}

/** @returns {number} the place after the `>` that ends a tag, outside of quotes; 0 if there is none */
function tagEnd(/** @type {string} */ source, /** @type {number} */ from) {
  let quote = "";
  for (let i = from; i < source.length; ++i) {
    const c = source[i];
    if (quote) quote = c === quote ? "" : quote;
    else if (c === ">") return i + 1;
    else if ((c === '"' || c === "'") && source[i - 1] === "=") quote = c;
  }
  return 0;
}

/** @returns {number} the place after `text`, or 0 */
function after(/** @type {string} */ source, /** @type {string} */ text, /** @type {number} */ from) {
  const found = source.indexOf(text, from);
  return found < 0 ? 0 : found + text.length;
}

/** @returns {number} the place after the end tag of a script and the like; the end of the source if it has none */
function endOfUnseen(/** @type {string} */ source, /** @type {string} */ name, /** @type {number} */ from) {
  const end = new RegExp(`</${name}[^>]*>`, "gi");
  end.lastIndex = from;
  return end.exec(source) ? end.lastIndex : source.length;
}

/**
 * Splits a CMS's HTML as the command line does: the first h1 is the title, the rest the body.
 * @param {string} source
 * @returns {{title: string, body: string}}
 */
export function splitTitle(source) {
  const heading = /<h1\b[^>]*>([\s\S]*?)<\/h1>\s*/i.exec(source);
  if (!heading) return { title: "", body: source };
  const title = blocks(heading[1])
    .flatMap((block) => block.pieces)
    .map((piece) => piece.text)
    .join("");
  return {
    title: title.replace(/\s+/g, " ").trim(),
    body: source.slice(0, heading.index) + source.slice(heading.index + heading[0].length),
  };
}
