// Third tab: how the server is, which bundles it has, and the card of the one that answers.
import { modelCard } from "./card.js";
import { call, get } from "./connect.js";
import { el, fill } from "./dom.js";
import { gauges } from "./gauges.js";
import { language, languageName, number, onLanguage, t } from "./language.js";
import { currentModel } from "./model.js";
import { explain } from "./plain_words.js";
import { problemBox } from "./problem_box.js";
import { parseMetrics } from "./prometheus.js";
import { onServerState, serverState } from "./server_state.js";

const REFRESH_MS = 5000;

export class ModelTab {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.isSeen = false;
    this.timer = 0;
    this.health = el("div", { class: "health-body" });
    this.bundles = el("div", { class: "bundles-body" });
    this.cardBody = el("div", { class: "card-body" });
    this.state = el("p", { class: "server big" });
    this.card = "";
    this.build();
    onLanguage(() => {
      this.build();
      if (this.isSeen) this.load();
    });
    onServerState(() => {
      this.showState();
      if (this.isSeen) this.load();
    });
  }

  build() {
    fill(
      this.root,
      el(
        "div",
        { class: "model-side" },
        el("section", { class: "pane health" }, el("h2", {}, t("health")), this.state, this.health),
        el("section", { class: "pane bundles" }, el("h2", {}, t("versions")), this.bundles),
      ),
      el("section", { class: "pane card-pane" }, el("h2", { class: "unseen" }, t("card")), this.cardBody),
    );
    this.showState();
  }

  /** @param {boolean} isSeen */
  seen(isSeen) {
    this.isSeen = isSeen;
    clearTimeout(this.timer);
    if (isSeen) this.load();
  }

  async load() {
    clearTimeout(this.timer);
    await Promise.all([this.loadHealth(), this.loadModels()]);
    clearTimeout(this.timer);
    if (this.isSeen) this.timer = setTimeout(() => this.refresh(), REFRESH_MS);
  }

  async refresh() {
    if (document.visibilityState === "visible") await this.loadHealth();
    clearTimeout(this.timer);
    if (this.isSeen) this.timer = setTimeout(() => this.refresh(), REFRESH_MS);
  }

  showState() {
    const state = serverState();
    this.state.dataset.state = state;
    fill(
      this.state,
      el("span", { class: "dot", "aria-hidden": "true" }),
      {
        unknown: t("loading"),
        ready: t("serverReady"),
        starting: t("serverStarting"),
        gone: t("serverGone"),
      }[state],
    );
  }

  async loadHealth() {
    try {
      const response = await get("metrics");
      if (!response.ok) return fill(this.health, el("p", { class: "note" }, t("noMetrics")));
      const samples = parseMetrics(await response.text());
      const { names } = await currentModel(this.version ?? "");
      fill(this.health, gauges(samples, names));
    } catch {
      /* the server's state says it */
    }
  }

  async loadModels() {
    try {
      const [{ model }, { models }] = await Promise.all([
        call("ModelService/GetModel", {}),
        call("ModelService/ListModels", {}),
      ]);
      this.version = model.version;
      fill(this.bundles, ...(models ?? [model]).map(bundle));
      fill(this.cardBody, model.cardMarkdown ? modelCard(model.cardMarkdown) : el("p", { class: "note" }, t("noCard")));
    } catch (error) {
      if (this.version) return;
      fill(this.cardBody, problemBox(explain(error)));
    }
  }
}

/** @param {any} model */
function bundle(model) {
  const state = String(model.state).replace("MODEL_STATE_", "");
  const made = model.createTime
    ? new Intl.DateTimeFormat(language(), {
        dateStyle: "long",
        timeStyle: "short",
      }).format(new Date(model.createTime))
    : "–";
  const line = (/** @type {any} */ name, /** @type {string} */ value) =>
    el("div", {}, el("dt", {}, t(name)), el("dd", {}, value));
  return el(
    "article",
    { class: "bundle", "data-state": state },
    el("h3", {}, model.version, el("span", { class: "chip" }, t(/** @type {any} */ (`state${state}`)))),
    el(
      "dl",
      {},
      line("made", made),
      line("size", `${number(Number(model.sizeBytes ?? 0) / 1e6, 1)} ${language() === "ru" ? "МБ" : "MB"}`),
      line("reads", new Intl.ListFormat(language()).format((model.languages ?? []).map(languageName))),
      line("topics", number((model.topics ?? []).length)),
    ),
    model.problem ? el("p", { class: "note" }, model.problem) : null,
  );
}
