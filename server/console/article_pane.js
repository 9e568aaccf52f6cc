// The article: headline and text, written, pasted, dropped, opened or taken from the examples.
import { articleFields } from "./article_fields.js";
import { readArticle } from "./article_file.js";
import { receiveFiles } from "./file_drop.js";
import { filePicker } from "./file_picker.js";
import { isBlank, keepDraft, keptDraft, newDraft } from "./draft.js";
import { el, fill } from "./dom.js";
import { BODY, TITLE, spansOf } from "./evidence.js";
import { language, number, onLanguage, t } from "./language.js";
import { drawBlocks } from "./marks.js";
import { blocks, looksLikeHtml } from "./markup.js";
import { Sheet } from "./sheet.js";
import { watchTips } from "./tip.js";
import { viewSwitch } from "./view_switch.js";

/**
 * @typedef {import("./draft.js").Draft} Draft
 * @typedef {import("./evidence.js").Label} Label
 */

/** Longer HTML is shown as its source only. */
const READING_LIMIT = 300_000;

export class ArticlePane {
  /**
   * @param {HTMLElement} root
   * @param {(draft: Draft, how: "typed" | "at once") => void} onChange
   */
  constructor(root, onChange) {
    this.onChange = onChange;
    this.draft = keptDraft();
    this.reading = true;
    /** @type {Label[]} */
    this.labels = [];
    /** @type {{title: string, body: string}} what the labels were found in */
    this.answered = { title: "", body: "" };

    this.title = new Sheet("headline", { oneLine: true, onInput: (title) => this.edit({ title }) });
    this.body = new Sheet("text", { oneLine: false, onInput: (body) => this.edit({ body }) });
    this.page = el("div", { class: "page" });
    this.fields = articleFields((change) => this.edit(change));
    this.words = el("span", { class: "words" });
    this.problem = el("p", { class: "file-problem", role: "alert", hidden: true });
    this.picker = filePicker(".txt,.md,.html,.htm,text/plain,text/html", (file) => this.open(file));
    this.root = root;
    this.build();
    onLanguage(() => this.build());
    watchTips(root);
    receiveFiles(root, (file) => this.open(file));
  }

  build() {
    const button = (/** @type {any} */ key, /** @type {string} */ name, /** @type {() => void} */ onclick) =>
      el("button", { type: "button", class: `quiet ${name}`, onclick }, t(key));
    this.views = viewSwitch((view) => this.view(view === "reading"));
    for (const [sheet, label, hint] of /** @type {const} */ ([
      [this.title, "headline", "headlineHint"],
      [this.body, "body", "bodyHint"],
    ])) {
      sheet.field.setAttribute("aria-label", t(label));
      sheet.field.placeholder = t(hint);
    }
    this.fields.build(this.draft);
    this.paper = el(
      "div",
      { class: "paper", "data-drop": t("dropHere") },
      this.title.element,
      this.body.element,
      this.page,
      this.fields.element,
    );
    this.fields.element.lang = language();
    fill(
      this.root,
      el(
        "div",
        { class: "toolbar" },
        button("open", "open", () => this.picker.pick()),
        button("clear", "clear", () => this.replace({ title: "", body: "" })),
        this.views.element,
        this.words,
      ),
      this.problem,
      this.picker.input,
      this.paper,
      el("p", { class: "privacy" }, t("privacy")),
    );
    this.refresh();
  }

  /** @param {Partial<Draft>} change */
  edit(change) {
    this.draft = { ...this.draft, ...change };
    if (change.body !== undefined) this.reading = false;
    keepDraft(this.draft);
    this.problem.hidden = true;
    this.refresh();
    this.onChange(this.draft, "typed");
  }

  /** Another article, or an earlier one. @param {Partial<Draft>} draft */
  replace(draft) {
    this.draft = { ...newDraft(), ...draft };
    this.reading = true;
    this.labels = [];
    keepDraft(this.draft);
    this.problem.hidden = true;
    this.fields.build(this.draft);
    this.refresh();
    if (this.root.getBoundingClientRect().top < 0) this.root.scrollIntoView();
    if (isBlank(this.draft)) this.title.field.focus();
    this.onChange(this.draft, "at once");
  }

  /** @param {boolean} reading */
  view(reading) {
    this.reading = reading;
    this.refresh();
  }

  /**
   * Shows what speaks for labels.
   * @param {Label[]} labels
   * @param {{title: string, body: string}} answered what they were found in
   * @param {string} language of it, for those who hear the page; empty: unknown
   */
  showEvidence(labels, answered, language) {
    this.paper?.setAttribute("lang", language);
    this.labels = labels;
    this.answered = answered;
    this.refresh();
  }

  /** @param {string} field at fault, such as "article.body"; empty: none */
  blame(field) {
    this.title.field.setAttribute("aria-invalid", String(field === "article.title"));
    this.body.field.setAttribute("aria-invalid", String(field === "article.body"));
    this.fields.blame(field);
  }

  /** Points at a passage. @param {import("./evidence.js").Evidence} evidence @param {boolean} scroll brings it into view */
  point(evidence, scroll) {
    for (const mark of this.root.querySelectorAll("mark.pointed")) mark.classList.remove("pointed");
    const marks = [...this.root.querySelectorAll(`mark[data-at="${evidence.field} ${evidence.begin ?? 0}"]`)].filter(
      (mark) => mark.getClientRects().length > 0,
    );
    for (const mark of marks) mark.classList.add("pointed");
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (scroll)
      marks[0]?.scrollIntoView({
        block: "center",
        behavior: calm ? "auto" : "smooth",
      });
  }

  refresh() {
    const { title, body } = this.draft;
    const html = looksLikeHtml(body) && body.length <= READING_LIMIT;
    const reading = html && this.reading;
    const bodySpans = spansOf(this.labels, BODY);
    this.title.text = title;
    this.title.show(spansOf(this.labels, TITLE), this.answered.title);
    if (reading) drawBlocks(this.page, blocks(body), body, this.answered.body === body ? bodySpans : []);
    this.body.text = body;
    this.body.show(reading ? [] : bodySpans, this.answered.body);
    this.page.hidden = !reading;
    this.body.element.hidden = reading;
    if (this.views) {
      this.views.element.hidden = !html;
      this.views.show(reading ? "reading" : "source");
    }
    const seen = reading ? (this.page.textContent ?? "") : body;
    const count = seen.match(/[\p{L}\p{M}\p{N}]+/gu)?.length ?? 0;
    this.words.textContent = count ? t("words", { count, n: number(count) }) : "";
  }

  /** @param {File | null | undefined} file */
  async open(file) {
    if (!file) return;
    const article = await readArticle(file);
    if (typeof article !== "string") return this.replace(article);
    this.problem.textContent = t(article, { name: file.name });
    this.problem.hidden = false;
  }
}
