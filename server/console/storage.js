// The browser's storage, which a user may have forbidden and which may be full.

/** @typedef {"sessionStorage" | "localStorage"} Kind */

/** @param {Kind} kind @param {string} key @returns {string | null} */
export function readText(kind, key) {
  try {
    return window[kind].getItem(key);
  } catch {
    return null;
  }
}

/** @param {Kind} kind @param {string} key @param {string} text @returns {boolean} false when it was not kept */
export function writeText(kind, key, text) {
  try {
    window[kind].setItem(key, text);
    return true;
  } catch {
    return false;
  }
}
