// Files dropped anywhere on the page, while a part of it is seen. Without this, the browser would leave the page for the
// file, and what was typed with it.

/**
 * @param {HTMLElement} part takes the class "dropping" while a file hangs over the page
 * @param {(file: File | undefined) => void} onFile
 */
export function receiveFiles(part, onFile) {
  const concerns = (/** @type {DragEvent} */ event) => event.dataTransfer?.types.includes("Files");
  addEventListener("dragover", (event) => {
    if (!concerns(event)) return;
    event.preventDefault();
    part.classList.add("dropping");
  });
  addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) part.classList.remove("dropping");
  });
  addEventListener("drop", (event) => {
    part.classList.remove("dropping");
    if (!concerns(event)) return;
    event.preventDefault();
    if (part.offsetParent) onFile(event.dataTransfer?.files[0]);
  });
}
