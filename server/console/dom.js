// Builds elements. Text only ever becomes a text node, so that nothing typed or received is read as markup.

/**
 * @typedef {Node | string | number | null | undefined | false} Child
 * @typedef {Record<string, unknown>} Properties attributes by name; `onclick` and the like are listeners
 */

/**
 * @param {string} name
 * @param {Properties} [properties] null, undefined and false leave an attribute out; true writes it empty
 * @param {...Child} children
 * @returns {HTMLElement}
 */
export function el(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), /** @type {EventListener} */ (value));
    else element.setAttribute(key, value === true ? "" : String(value));
  }
  element.append(...present(children));
  return element;
}

/** @param {Element} parent @param {...Child} children */
export function fill(parent, ...children) {
  parent.replaceChildren(...present(children));
}

/** @param {Child[]} children @returns {(Node | string)[]} */
function present(children) {
  return children
    .filter((child) => child !== null && child !== undefined && child !== false)
    .map((child) => (child instanceof Node ? child : String(child)));
}

/** @param {string} id @returns {HTMLElement} */
export function byId(id) {
  const element = document.getElementById(id);
  if (!element) throw new Error(`index.html has no #${id}`);
  return element;
}

/**
 * A bar from 0 to 1. Its width is set by script, as the content security policy allows no style attribute.
 * @param {number} share
 * @param {number} [tick] where a threshold stands, from 0 to 1
 * @returns {HTMLElement}
 */
export function bar(share, tick) {
  const full = el("span", { class: "bar-full" });
  full.style.width = `${Math.max(0, Math.min(1, share)) * 100}%`;
  const mark = tick === undefined ? null : el("span", { class: "bar-tick" });
  if (mark && tick !== undefined) mark.style.left = `${tick * 100}%`;
  return el("span", { class: "bar", "aria-hidden": "true" }, full, mark);
}
