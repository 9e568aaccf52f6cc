// What else a caller may say about an article: its language, source and date. Routing rules can ask for them.
import { el, fill } from "./dom.js";
import { languageName, t } from "./language.js";

/** @typedef {import("./draft.js").Draft} Draft */

/** @param {(change: Partial<Draft>) => void} onChange */
export function articleFields(onChange) {
  const element = /** @type {HTMLDetailsElement} */ (el("details", { class: "fields" }));
  /** @type {Record<string, HTMLElement>} */
  let inputs = {};

  const labelled = (/** @type {string} */ label, /** @type {HTMLElement} */ input) =>
    el("label", {}, el("span", {}, label), input);

  return {
    element,

    /** @param {Draft} draft */
    build(draft) {
      const value = (/** @type {Event} */ event) => /** @type {HTMLInputElement} */ (event.target).value;
      inputs = {
        "article.language": el(
          "select",
          {
            onchange: (/** @type {Event} */ event) => onChange({ language: value(event) }),
          },
          ...["", "ru", "en"].map((tag) =>
            el("option", { value: tag, selected: draft.language === tag }, tag ? languageName(tag) : t("detect")),
          ),
        ),
        "article.source": el("input", {
          type: "text",
          value: draft.source,
          placeholder: t("articleSourceHint"),
          autocomplete: "off",
          oninput: (/** @type {Event} */ event) => onChange({ source: value(event) }),
        }),
        "article.published_at": el("input", {
          type: "datetime-local",
          value: draft.published,
          onchange: (/** @type {Event} */ event) => onChange({ published: value(event) }),
        }),
      };
      if (draft.language || draft.source || draft.published) element.open = true;
      fill(
        element,
        el("summary", {}, t("more")),
        el(
          "div",
          { class: "field-row" },
          labelled(t("articleLanguage"), inputs["article.language"]),
          labelled(t("articleSource"), inputs["article.source"]),
          labelled(t("published"), inputs["article.published_at"]),
        ),
      );
    },

    /** @param {string} field such as "article.source"; empty: none */
    blame(field) {
      for (const [name, input] of Object.entries(inputs)) input.setAttribute("aria-invalid", String(name === field));
      if (inputs[field]) element.open = true;
    },
  };
}
