// Starts the console.
import { ClassifyTab } from "./classify_tab.js";
import { byId } from "./dom.js";
import { language, onLanguage, setLanguage, t, translatePage } from "./language.js";
import { ModelTab } from "./model_tab.js";
import { RoutingTab } from "./routing_tab.js";
import { onServerState, serverState, watchServer } from "./server_state.js";
import { startTabs } from "./tabs.js";

function showServer() {
  const state = serverState();
  byId("server").dataset.state = state;
  byId("server-words").textContent = {
    unknown: "",
    ready: t("serverReady"),
    starting: t("serverStarting"),
    gone: t("serverGone"),
  }[state];
}

function showLanguage() {
  for (const button of document.querySelectorAll("[data-language]")) {
    button.setAttribute("aria-pressed", String(button.getAttribute("data-language") === language()));
  }
}

translatePage();
showLanguage();
for (const button of document.querySelectorAll("[data-language]")) {
  button.addEventListener("click", () => setLanguage(/** @type {any} */ (button.getAttribute("data-language"))));
}
onLanguage(() => {
  showLanguage();
  showServer();
});
onServerState(showServer);
new ClassifyTab();
const routing = new RoutingTab(byId("routing"));
const model = new ModelTab(byId("model"));
startTabs(/** @type {HTMLElement} */ (document.querySelector("[role=tablist]")), (id) => {
  routing.seen(id === "routing");
  model.seen(id === "model");
});
watchServer();
document.documentElement.dataset.ready = "yes";
