// Second tab: what edited routing rules would do with the articles that were classified here.
import { EXAMPLES, readExample, readExampleRules } from "./article_file.js";
import { differs, rulesProblem } from "./comparison.js";
import { CallError } from "./connect.js";
import { forget, newDraft, recent, RECENT_LIMIT, remember } from "./draft.js";
import { dryRun } from "./dry_run.js";
import { dryRunTable } from "./dry_run_table.js";
import { el, fill } from "./dom.js";
import { receiveFiles } from "./file_drop.js";
import { filePicker } from "./file_picker.js";
import { onLanguage, t } from "./language.js";
import { currentModel } from "./model.js";
import { explain } from "./plain_words.js";
import { problemBox } from "./problem_box.js";
import { RulesEditor } from "./rules_editor.js";
import { onServerState } from "./server_state.js";

const PAUSE_MS = 350;

export class RoutingTab {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.isSeen = false;
    this.timer = 0;
    this.abort = new AbortController();
    /** @type {Set<string>} articles whose reasons are shown */
    this.opened = new Set();
    this.editor = new RulesEditor(() => this.schedule(PAUSE_MS));
    this.outcome = el("div", { class: "outcome" });
    this.problem = el("p", {
      id: "rules-problem",
      class: "rules-problem",
      role: "alert",
      hidden: true,
    });
    this.picker = filePicker(".yaml,.yml,.txt", (file) => this.open(file));
    receiveFiles(root, (file) => this.open(file));
    this.build();
    onLanguage(() => {
      this.build();
      this.schedule(0);
    });
    onServerState((state) => state === "ready" && this.schedule(0));
  }

  build() {
    this.editor.translate();
    const button = (/** @type {any} */ key, /** @type {() => void} */ onclick) =>
      el("button", { type: "button", class: "quiet", onclick }, t(key));
    fill(
      this.root,
      el("div", { class: "lead" }, el("h2", {}, t("routingTitle")), el("p", {}, t("routingText"))),
      el(
        "div",
        { class: "rules-pane" },
        el(
          "div",
          { class: "toolbar" },
          el("label", { for: "rules", class: "pane-name" }, t("rulesFile")),
          button("open", () => this.picker.pick()),
          button("rulesExample", () => this.takeExample()),
          this.picker.input,
        ),
        this.problem,
        this.editor.element,
      ),
      this.outcome,
    );
  }

  /** @param {boolean} isSeen */
  seen(isSeen) {
    this.isSeen = isSeen;
    if (isSeen) this.schedule(0);
  }

  /** @param {number} pause_ms */
  schedule(pause_ms) {
    clearTimeout(this.timer);
    if (this.isSeen) this.timer = setTimeout(() => this.run(), pause_ms);
  }

  async run() {
    this.abort.abort();
    this.abort = new AbortController();
    const { signal } = this.abort;
    const drafts = recent();
    if (drafts.length === 0) return fill(this.outcome, ...this.invitation());
    try {
      const outcomes = await dryRun(drafts, this.editor.rules, signal);
      const { names } = await currentModel(outcomes[0].current.analysis.modelVersion);
      if (signal.aborted) return;
      this.blame(0, "");
      this.show(outcomes, names);
    } catch (error) {
      if (signal.aborted) return;
      this.fail(error);
    }
  }

  /** @param {import("./comparison.js").Outcome[]} outcomes @param {Map<string, string>} names */
  show(outcomes, names) {
    const count = outcomes.filter(differs).length;
    const hasRules = this.editor.rules.trim() !== "";
    const summary = !hasRules
      ? t("rulesEmpty")
      : count
        ? t("differ", { count, n: count, all: outcomes.length })
        : t("same");
    fill(
      this.outcome,
      el(
        "div",
        { class: "outcome-head" },
        el("p", { class: `summary${count ? " some" : ""}`, role: "status" }, summary),
        el("button", { type: "button", class: "quiet", onclick: () => this.forget() }, t("forget")),
      ),
      dryRunTable(outcomes, {
        opened: this.opened,
        names,
        onForget: (id) => this.forget(id),
      }),
      el("p", { class: "privacy" }, t("recentKept", { n: RECENT_LIMIT })),
    );
  }

  /** @param {unknown} error */
  fail(error) {
    if (error instanceof CallError && error.field === "rules_yaml") {
      const { line, message } = rulesProblem(error.message);
      return this.blame(line, line ? t("rulesWrongLine", { line, message }) : message);
    }
    fill(
      this.outcome,
      problemBox(explain(error), () => this.schedule(0)),
    );
  }

  /** @param {number} line @param {string} message empty: the rules are good */
  blame(line, message) {
    this.editor.blame(line);
    this.problem.hidden = !message;
    fill(this.problem, ...(message ? [el("b", {}, t("rulesWrong")), " ", message] : []));
    this.outcome.classList.toggle("stale", message !== "");
  }

  /** @returns {HTMLElement[]} */
  invitation() {
    const take = async () => {
      for (const { file } of [...EXAMPLES].reverse()) remember({ ...newDraft(), ...(await readExample(file)) });
      this.schedule(0);
    };
    return [
      el(
        "div",
        { class: "invitation" },
        el("h2", {}, t("recentEmpty")),
        el("p", {}, t("recentEmptyText")),
        el(
          "button",
          {
            type: "button",
            class: "solid",
            onclick: () => take().catch((error) => this.fail(error)),
          },
          t("takeExamples"),
        ),
        el("p", { class: "privacy" }, t("recentKept", { n: RECENT_LIMIT })),
      ),
    ];
  }

  /** @param {string} [id] */
  forget(id) {
    forget(id);
    this.schedule(0);
  }

  async takeExample() {
    try {
      this.editor.rules = await readExampleRules();
      this.schedule(0);
    } catch (error) {
      this.fail(error);
    }
  }

  /** @param {File | undefined} file */
  async open(file) {
    if (!file) return;
    this.editor.rules = await file.text();
    this.schedule(0);
  }
}
