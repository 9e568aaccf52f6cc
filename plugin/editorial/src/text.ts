/** A run of text that stands somewhere in a rich text. */
export interface Piece {
  /** Where it stands in the plain text, in UTF-16 units. */
  begin: number;
  end: number;
  /** The way to its node from the root: indices of children. */
  path: readonly number[];
}

/** Rich text as plain text, and the way back. */
export interface PlainText {
  text: string;
  /** In the order of the text, without overlaps. */
  pieces: readonly Piece[];
}

/** A part of one node's text. */
export interface NodeSpan {
  path: readonly number[];
  /** Within the node's own text, in UTF-16 units. */
  begin: number;
  end: number;
}

/** Collects text, paragraph by paragraph. */
export class PlainTextBuilder {
  #text = '';
  readonly #pieces: Piece[] = [];

  add(text: string, path: readonly number[]): void {
    if (text === '') return;
    this.#pieces.push({begin: this.#text.length, end: this.#text.length + text.length, path});
    this.#text += text;
  }

  /** Ends a paragraph or line, once however often it is said. */
  breakLine(): void {
    if (this.#text !== '' && !this.#text.endsWith('\n')) this.#text += '\n';
  }

  build(): PlainText {
    return {text: this.#text.replace(/\n$/, ''), pieces: this.#pieces};
  }
}

/** The nodes' own spans that a span of the plain text covers. Evidence has its offsets in UTF-16 units when asked so. */
export function nodeSpans({pieces}: PlainText, begin: number, end: number): NodeSpan[] {
  return pieces.filter((piece) => piece.begin < end && begin < piece.end).map((piece) => ({
    path: piece.path,
    begin: Math.max(begin, piece.begin) - piece.begin,
    end: Math.min(end, piece.end) - piece.begin,
  }));
}
