// First tab: an article on the left, what it is about on the right.
import { ArticlePane } from "./article_pane.js";
import { call } from "./connect.js";
import { articleOf, isBlank, remember } from "./draft.js";
import { byId, el, fill } from "./dom.js";
import { invitation } from "./invitation.js";
import { topicLabels, regionLabels } from "./labels.js";
import { language, onLanguage, t } from "./language.js";
import { currentModel } from "./model.js";
import { explain } from "./plain_words.js";
import { problemBox } from "./problem_box.js";
import { results } from "./results.js";
import { noteServerState, onServerState } from "./server_state.js";

const PAUSE_MS = 250;
/** Answers usually come within milliseconds; only a slower one is worth a sign of waiting. */
const WAIT_SHOWN_MS = 200;

export class ClassifyTab {
  constructor() {
    this.root = byId("results");
    /** @type {import("./results.js").Answer | null} */
    this.answer = null;
    /** @type {unknown} */
    this.error = null;
    this.chosen = "";
    this.timer = 0;
    this.abort = new AbortController();
    this.pane = new ArticlePane(byId("article"), (draft, how) => {
      // Bars grow for another article, and stay calm while one types.
      this.root.classList.toggle("fresh", how === "at once");
      if (how === "at once") this.chosen = "";
      this.schedule(how === "typed" ? PAUSE_MS : 0);
    });
    addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !byId("classify").hidden) this.schedule(0);
    });
    onLanguage(() => this.schedule(0));
    onServerState((state) => {
      if (state === "ready" && this.error && explain(this.error).waits) this.schedule(0);
    });
    this.schedule(0);
  }

  /** @param {number} pause_ms */
  schedule(pause_ms) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.classify(), pause_ms);
  }

  async classify() {
    this.abort.abort();
    this.abort = new AbortController();
    const { signal } = this.abort;
    const { draft } = this.pane;
    if (isBlank(draft)) {
      this.answer = this.error = null;
      return this.show();
    }
    const waiting = setTimeout(() => this.root.classList.add("waiting"), WAIT_SHOWN_MS);
    try {
      const begin = performance.now();
      const { analysis } = await call(
        "ClassificationService/ClassifyArticle",
        {
          article: articleOf(draft),
          options: {
            includeEvidence: true,
            offsetEncoding: "OFFSET_ENCODING_UTF16",
            displayLanguage: language(),
            maxEvidence: 12,
          },
        },
        signal,
      );
      const milliseconds = performance.now() - begin;
      this.model = await currentModel(analysis.modelVersion);
      if (signal.aborted) return;
      this.answer = {
        analysis,
        milliseconds,
        topics: topicLabels(analysis.topics ?? []),
        regions: regionLabels(analysis.regions ?? []),
      };
      this.answered = draft;
      this.error = null;
      noteServerState("ready");
      remember(draft);
    } catch (error) {
      if (signal.aborted) return;
      this.error = error;
      const { code } = /** @type {import("./connect.js").CallError} */ (error);
      if (code === "unreachable") noteServerState("gone");
    } finally {
      clearTimeout(waiting);
      this.root.classList.remove("waiting");
    }
    this.show();
  }

  /** @param {string} id of the label whose evidence is shown; the same again shows all topics */
  choose(id) {
    this.root.classList.remove("fresh");
    this.chosen = this.chosen === id ? "" : id;
    this.show();
    /** @type {HTMLElement | null} */ (this.root.querySelector(`[data-label="${id}"]`))?.focus({ preventScroll: true });
  }

  show() {
    const problem = this.error ? explain(this.error) : null;
    this.pane.blame(problem?.field ?? "");
    const { answer } = this;
    if (!answer && !problem) {
      this.pane.showEvidence([], { title: "", body: "" }, "");
      return fill(this.root, this.invitation());
    }
    const labels = answer ? [...answer.topics, ...answer.regions] : [];
    const chosen = labels.filter((label) => label.id === this.chosen);
    if (chosen.length === 0) this.chosen = "";
    if (answer)
      this.pane.showEvidence(
        chosen.length ? chosen : answer.topics,
        /** @type {any} */ (this.answered),
        answer.analysis.language.replace("und", ""),
      );
    const model = this.model ?? {
      thresholds: new Map(),
      names: new Map(),
      languages: [],
    };
    fill(
      this.root,
      problem && problemBox(problem, problem.waits || problem.field ? undefined : () => this.schedule(0)),
      ...(answer
        ? [
            el(
              "div",
              { class: problem ? "stale" : "answer" },
              problem ? el("p", { class: "note" }, t("staleNote")) : null,
              ...results(answer, {
                ...model,
                chosen: this.chosen,
                onChoose: (id) => this.choose(id),
                onPoint: (evidence, scroll) => this.pane.point(evidence, scroll),
              }),
            ),
          ]
        : []),
    );
    if (answer && !problem) this.announce(answer);
  }

  invitation() {
    return invitation({
      onTake: (draft) => this.pane.replace(draft),
      onError: (error) => {
        this.error = error;
        this.show();
      },
    });
  }

  /** Tells those who cannot see the results, once for each different answer. @param {import("./results.js").Answer} answer */
  announce({ analysis, topics, regions }) {
    const names = (/** @type {any[]} */ list, /** @type {string} */ otherwise) =>
      list.map((item) => item.name ?? item.displayName).join(", ") || otherwise;
    const words = t("announce", {
      topics: names(topics, t("noTopics")),
      countries: names(regions, t("noCountries")),
      desks: names(analysis.desks ?? [], ""),
    });
    const live = byId("announcement");
    if (live.textContent !== words) live.textContent = words;
  }
}
