// A page of the console in a real browser, which notes whatever should not happen.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { chromium } from "playwright-core";

export async function launch() {
  const executablePath = ["/usr/bin/chromium", "/usr/bin/chromium-browser"].find(existsSync);
  return chromium.launch({
    executablePath,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

/**
 * @param {import("playwright-core").Browser} browser
 * @param {string} url
 * @param {object} [options] of a browser context; English, light and 1360 px wide unless it says otherwise
 */
export async function openConsole(browser, url, options = {}) {
  const context = await browser.newContext({
    viewport: { width: 1360, height: 900 },
    locale: "en-US",
    colorScheme: "light",
    reducedMotion: "reduce",
    ...options,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const problems = [];
  page.on("pageerror", (error) => problems.push(String(error.stack)));
  page.on("dialog", (dialog) => {
    problems.push(`a dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  page.on("console", (message) => {
    // The browser reports each refused call by itself; a test that provokes one sees to it.
    if (message.type() === "error" && !message.text().startsWith("Failed to load resource"))
      problems.push(message.text());
  });
  page.on("request", (request) => {
    if (!request.url().startsWith(url) && !request.url().startsWith("data:"))
      problems.push(`a request to ${request.url()}`);
  });
  await page.exposeFunction("noteViolation", (text) => problems.push(`CSP: ${text}`));
  await page.addInitScript(() =>
    addEventListener("securitypolicyviolation", (event) =>
      window.noteViolation(`${event.violatedDirective} ${event.blockedURI}`),
    ),
  );
  await page.goto(url);
  await page.waitForSelector("html[data-ready=yes]");
  return {
    page,
    async close() {
      await context.close();
      assert.deepEqual(problems, [], "nothing went wrong in the page");
    },
  };
}

/** Takes an example and waits for its topics. */
export async function takeExample(page, number) {
  await page.click(`[data-example^="${number}"]`);
  await page.waitForSelector(".answer .desk");
}

export async function type(page, { title = "", body = "" }) {
  await page.fill(".headline textarea", title);
  await page.fill(".text textarea", body);
}

/** @returns {Promise<string[]>} the words of each mark that can be seen */
export async function marks(page) {
  return page
    .locator("mark")
    .evaluateAll((all) =>
      all
        .filter((mark) => mark.getClientRects().length > 0)
        .map((mark) => mark.textContent.replace(/\s+/g, " ").trim()),
    );
}

/** The names in a list of the results. */
export async function labels(page, section) {
  return page.locator(`.${section} .label-name`).allTextContents();
}

/** A module of the console that needs no browser. */
export async function pureModule(name) {
  const { readFileSync } = await import("node:fs");
  const source = readFileSync(new URL(`../../server/console/${name}`, import.meta.url), "utf8");
  return import(`data:text/javascript,${encodeURIComponent(source)}`);
}
