// A model card as elements: text nodes only.
import { el } from "./dom.js";
import { parseMarkdown } from "./markdown.js";

/** @typedef {import("./markdown.js").Run} Run */

/** @param {Run[]} runs @returns {(Node | string)[]} */
function inline(runs) {
  return runs.map((run) => (run.kind === "text" ? run.text : el(run.kind, {}, run.text)));
}

/** @param {string} markdown @returns {HTMLElement} headings begin at the third level, below the page's own */
export function modelCard(markdown) {
  return el(
    "div",
    { class: "card" },
    ...parseMarkdown(markdown).map((block) => {
      switch (block.kind) {
        case "heading":
          return el(`h${Math.min(6, block.level + 2)}`, {}, ...inline(block.runs));
        case "code":
          return el("pre", { tabindex: "0" }, el("code", {}, block.text));
        case "list":
          return el(block.ordered ? "ol" : "ul", {}, ...block.items.map((item) => el("li", {}, ...inline(item))));
        case "table":
          return el(
            "div",
            {
              class: "card-table",
              tabindex: "0",
              role: "group",
              "aria-label": block.head
                .map((cell) => cell.map((run) => run.text).join(""))
                .filter(Boolean)
                .join(", "),
            },
            el(
              "table",
              {},
              el(
                "thead",
                {},
                el(
                  "tr",
                  {},
                  ...block.head.map((cell) =>
                    el(cell.length ? "th" : "td", cell.length ? { scope: "col" } : {}, ...inline(cell)),
                  ),
                ),
              ),
              el(
                "tbody",
                {},
                ...block.rows.map((row) => el("tr", {}, ...row.map((cell) => el("td", {}, ...inline(cell))))),
              ),
            ),
          );
        default:
          return el("p", {}, ...inline(block.runs));
      }
    }),
  );
}
