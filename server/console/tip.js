// The small label beside a mark in the text: what it adds, and to what. The same is in the list of passages, for those
// who use no mouse.
import { byId, fill } from "./dom.js";
import { number, percent, t } from "./language.js";

/** @typedef {import("./evidence.js").Span} Span */

/** @type {WeakMap<Element, Span>} */
const spans = new WeakMap();

/** @param {Element} mark @param {Span} span */
export function bindTip(mark, span) {
  spans.set(mark, span);
}

/** @param {import("./evidence.js").Evidence} evidence @param {string} label @returns {string} */
export function contributionWords(evidence, label) {
  if (isWord(evidence)) return t("tipTopic", { value: signed(evidence.contribution), label });
  return t("tipRegion", {
    kind: kindWords(evidence),
    value: percent(evidence.contribution),
    label,
  });
}

/** @param {import("./evidence.js").Evidence} evidence @returns {string} such as "city or region" */
export function kindWords(evidence) {
  return t(/** @type {any} */ (evidence.kind.replace("EVIDENCE_KIND_", "kind")));
}

/** @param {import("./evidence.js").Evidence} evidence */
export function isWord(evidence) {
  return evidence.kind === "EVIDENCE_KIND_WORD";
}

/** @param {number} value @returns {string} such as "+1.7" */
export function signed(value) {
  return `${value < 0 ? "−" : "+"}${number(Math.abs(value), 2, 2)}`;
}

/** Shows tips for marks under `area`, also those that lie beneath a text field. @param {HTMLElement} area */
export function watchTips(area) {
  const tip = byId("tip");
  /** @type {Element | null} */
  let shown = null;
  const hide = () => {
    shown?.classList.remove("pointed");
    shown = null;
    tip.hidden = true;
  };
  area.addEventListener("pointermove", (event) => {
    const mark = document.elementsFromPoint(event.clientX, event.clientY).find((element) => spans.has(element)) ?? null;
    if (mark === shown) return;
    hide();
    const span = mark && spans.get(mark);
    if (!mark || !span) return;
    shown = mark;
    mark.classList.add("pointed");
    fill(tip, contributionWords(span.evidence, span.label));
    tip.hidden = false;
    const margin = 8;
    const box = tip.getBoundingClientRect();
    const left = Math.min(Math.max(margin, event.clientX - box.width / 2), innerWidth - box.width - margin);
    const line =
      [...mark.getClientRects()].find((rect) => event.clientY <= rect.bottom) ?? mark.getBoundingClientRect();
    const above = line.top - box.height - margin;
    tip.style.left = `${left}px`;
    tip.style.top = `${above > margin ? above : line.bottom + margin}px`;
  });
  area.addEventListener("pointerleave", hide);
  addEventListener("scroll", hide, { passive: true, capture: true });
  addEventListener("keydown", hide);
}
