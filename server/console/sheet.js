// A text field that grows with its text and shows marks: the same text lies beneath it, unseen but for its marks.
import { el } from "./dom.js";
import { moved } from "./evidence.js";
import { drawUnder } from "./marks.js";

/** @typedef {import("./evidence.js").Span} Span */

/** Longer texts are not marked while they are edited: laying them out twice would make typing slow. */
const MARKED_LIMIT = 200_000;

export class Sheet {
  /**
   * @param {string} name of its class
   * @param {{oneLine: boolean, onInput: (text: string) => void}} options
   */
  constructor(name, { oneLine, onInput }) {
    this.under = el("div", { class: "under", "aria-hidden": "true" });
    this.field = /** @type {HTMLTextAreaElement} */ (
      el("textarea", { rows: "1", spellcheck: "false", autocomplete: "off" })
    );
    this.element = el("div", { class: `sheet ${name}` }, this.under, this.field);
    /** @type {Span[]} as the server gave them, for `marked` */
    this.spans = [];
    this.marked = "";
    this.field.addEventListener("input", () => {
      if (oneLine && /[\r\n]/.test(this.field.value))
        this.field.value = this.field.value.replace(/\s*[\r\n]+\s*/g, " ");
      this.draw();
      onInput(this.field.value);
    });
  }

  get text() {
    return this.field.value;
  }

  set text(text) {
    if (this.field.value !== text) this.field.value = text;
    this.draw();
  }

  /** @param {Span[]} spans @param {string} text that they were found in; it may have been edited since */
  show(spans, text) {
    this.spans = spans;
    this.marked = text;
    this.draw();
  }

  draw() {
    const { text } = this;
    const long = text.length > MARKED_LIMIT;
    this.element.classList.toggle("long", long);
    drawUnder(this.under, long ? "" : text, long ? [] : moved(this.spans, this.marked, text));
  }
}
