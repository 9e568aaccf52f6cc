// The routing file to try: a text field with line numbers that can point at a line.
import { el, fill } from "./dom.js";
import { t } from "./language.js";
import { readText, writeText } from "./storage.js";

const KEY = "rubricator.rules";

export class RulesEditor {
  /** @param {() => void} onChange */
  constructor(onChange) {
    this.numbers = el("div", { class: "line-numbers", "aria-hidden": "true" });
    this.field = /** @type {HTMLTextAreaElement} */ (
      el("textarea", {
        id: "rules",
        class: "rules",
        spellcheck: "false",
        autocomplete: "off",
        autocapitalize: "off",
        wrap: "off",
        "aria-describedby": "rules-problem",
      })
    );
    this.element = el("div", { class: "rules-editor" }, this.numbers, this.field);
    this.wrong = 0;
    this.field.value = readText("sessionStorage", KEY) ?? "";
    this.field.addEventListener("input", () => {
      this.changed();
      onChange();
    });
    this.field.addEventListener("scroll", () => {
      this.numbers.scrollTop = this.field.scrollTop;
    });
    this.translate();
    this.number();
  }

  translate() {
    this.field.placeholder = t("rulesHint");
  }

  get rules() {
    return this.field.value;
  }

  set rules(rules) {
    this.field.value = rules;
    this.field.scrollTop = 0;
    this.changed();
  }

  changed() {
    this.wrong = 0;
    this.number();
    writeText("sessionStorage", KEY, this.field.value);
  }

  /** @param {number} line from 1; 0: none */
  blame(line) {
    this.wrong = line;
    this.field.setAttribute("aria-invalid", String(line > 0));
    this.number();
    // A fifth of the field above the line shows what it belongs to.
    const wrong = /** @type {HTMLElement | null} */ (this.numbers.querySelector(".wrong"));
    if (wrong && document.activeElement !== this.field)
      this.field.scrollTop = wrong.offsetTop - this.field.clientHeight / 5;
  }

  number() {
    const lines = this.field.value.split("\n").length;
    fill(
      this.numbers,
      ...Array.from({ length: lines }, (_, i) => el("div", { class: i + 1 === this.wrong ? "wrong" : null }, i + 1)),
    );
    this.numbers.scrollTop = this.field.scrollTop;
  }
}
