// Tabs as WAI-ARIA describes them: arrow keys, Home and End move and select. The tab is kept in the address.

/**
 * @param {HTMLElement} list with [role=tab] buttons that control panels by id
 * @param {(id: string) => void} onSelect called with the panel's id
 */
export function startTabs(list, onSelect) {
  const tabs = /** @type {HTMLElement[]} */ ([...list.querySelectorAll("[role=tab]")]);
  const idOf = (/** @type {HTMLElement} */ tab) => tab.getAttribute("aria-controls") ?? "";

  const select = (/** @type {HTMLElement} */ chosen) => {
    for (const tab of tabs) {
      const selected = tab === chosen;
      tab.setAttribute("aria-selected", String(selected));
      tab.tabIndex = selected ? 0 : -1;
      const panel = document.getElementById(idOf(tab));
      if (panel) panel.hidden = !selected;
    }
    onSelect(idOf(chosen));
  };
  const fromAddress = () => tabs.find((tab) => `#${idOf(tab)}` === location.hash) ?? tabs[0];

  list.addEventListener("click", (event) => {
    const tab = tabs.find((candidate) => candidate.contains(/** @type {Node} */ (event.target)));
    if (!tab) return;
    history.replaceState(null, "", `#${idOf(tab)}`);
    select(tab);
  });
  list.addEventListener("keydown", (event) => {
    const at = tabs.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    const next = {
      ArrowRight: at + 1,
      ArrowLeft: at - 1,
      Home: 0,
      End: tabs.length - 1,
    }[event.key];
    if (at < 0 || next === undefined) return;
    event.preventDefault();
    const tab = tabs[(next + tabs.length) % tabs.length];
    tab.focus();
    tab.click();
  });
  addEventListener("hashchange", () => {
    if (tabs.some((tab) => `#${idOf(tab)}` === location.hash)) select(fromAddress());
  });
  select(fromAddress());
}
