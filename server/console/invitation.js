// What stands beside an empty sheet: examples to begin with, and recent articles to go back to.
import { EXAMPLES, readExample } from "./article_file.js";
import { headlineOf, recent } from "./draft.js";
import { el } from "./dom.js";
import { language, t } from "./language.js";

const RECENT_SHOWN = 3;

/** @param {string} heading @param {HTMLElement[]} buttons @returns {HTMLElement[]} */
function choices(heading, buttons) {
  if (buttons.length === 0) return [];
  return [el("h3", {}, heading), el("ul", { class: "examples" }, ...buttons.map((button) => el("li", {}, button)))];
}

/**
 * @param {{onTake: (draft: Partial<import("./draft.js").Draft>) => void, onError: (error: unknown) => void}} listeners
 * @returns {HTMLElement}
 */
export function invitation({ onTake, onError }) {
  const examples = EXAMPLES.map(({ file, language: written, about }) =>
    el(
      "button",
      {
        type: "button",
        class: "example",
        "data-example": file,
        onclick: () => readExample(file).then(onTake, onError),
      },
      el("span", { class: "example-language", "aria-hidden": "true" }, written.toUpperCase()),
      about[language()],
    ),
  );
  const back = recent()
    .slice(0, RECENT_SHOWN)
    .map((draft) =>
      el(
        "button",
        {
          type: "button",
          class: "example recent",
          onclick: () => onTake(draft),
        },
        headlineOf(draft),
      ),
    );
  return el(
    "div",
    { class: "invitation" },
    el("h2", {}, t("emptyTitle")),
    el("p", {}, t("emptyText")),
    ...choices(t("emptyExamples"), examples),
    ...choices(t("emptyRecent"), back),
  );
}
