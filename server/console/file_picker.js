// A hidden file field behind a button of our own.
import { el } from "./dom.js";

/**
 * @param {string} accept as of the attribute
 * @param {(file: File | undefined) => void} onFile the same file may be picked twice
 * @returns {{input: HTMLElement, pick: () => void}} `input` must be in the page
 */
export function filePicker(accept, onFile) {
  const input = /** @type {HTMLInputElement} */ (
    el("input", { type: "file", accept, class: "unseen", tabindex: "-1", "aria-hidden": "true" })
  );
  input.addEventListener("change", () => {
    onFile(input.files?.[0]);
    input.value = "";
  });
  return { input, pick: () => input.click() };
}
