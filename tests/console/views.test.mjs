// For every eye and hand: contrast, narrow windows, the keyboard, axe. SCREENSHOTS=folder keeps pictures.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import test, { after, before } from "node:test";
import { launch, openConsole, takeExample } from "./browser.mjs";
import { RunningServer } from "./server.mjs";

const server = new RunningServer();
let browser;
let url;
before(async () => {
  [url, browser] = await Promise.all([server.start(), launch()]);
});
after(async () => {
  await browser?.close();
  await server.end();
});

/** Brings the page to its states, one after the other. */
const STATES = {
  empty: async () => {},
  classified: (page) => takeExample(page, "01"),
  chosen: (page) => page.click('[data-label="topic security"]'),
  country: (page) => page.click('[data-label="region KG"]'),
  thin: async (page) => {
    await page.click(".clear");
    await takeExample(page, "10");
  },
  refused: async (page) => {
    await page.fill(".headline textarea", "long ".repeat(1000));
    await page.waitForSelector(".problem");
    await page.fill(".headline textarea", "");
  },
  routing: async (page) => {
    await page.click("#tab-routing");
    await page.locator(".rules-pane .quiet").nth(1).click();
    await page.waitForSelector(".dry-run:not(.single)");
    await page.fill("#rules", (await page.inputValue("#rules")).replace("any: [security]", "any: [security: 0.999]"));
    await page.waitForSelector("tr.differs");
    await page.locator("tr.differs .why-button").first().click();
  },
  wrongRules: async (page) => {
    await page.fill("#rules", "desks: 1\n");
    await page.waitForSelector("#rules-problem:not([hidden])");
    await page.fill("#rules", "");
  },
  model: async (page) => {
    await page.click("#tab-model");
    await page.waitForSelector(".card table");
  },
};

/** The least contrast of all text that can be seen: each text's colour on all that is painted behind it. */
function leastContrast() {
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const rgba = (color) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = ([r, g, b, a], [R, G, B]) => [r * a + R * (1 - a), g * a + G * (1 - a), b * a + B * (1 - a), 1];
  const luminance = (color) =>
    color
      .slice(0, 3)
      .map((c) => c / 255)
      .map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
      .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = (element) => {
    const layers = [];
    for (let at = element; at; at = at.parentElement) layers.unshift(rgba(getComputedStyle(at).backgroundColor));
    return layers.reduce((under, layer) => over(layer, under), [255, 255, 255, 1]);
  };
  let least = { ratio: 21 };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const note = (element, color, background, text) => {
    const front = over(rgba(color), background);
    const [a, b] = [luminance(front), luminance(background)].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    if (ratio < least.ratio) least = { ratio, text: text.slice(0, 40), class: element.className || element.localName };
  };
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !element.checkVisibility() || element.closest(".unseen, .skip")) continue;
    const color = getComputedStyle(element).color;
    // Text beneath a field is clear; the field's own colour is read on its marks instead.
    const field = element.closest(".under")?.nextElementSibling;
    note(element, field ? getComputedStyle(field).color : color, behind(element), walker.currentNode.data);
  }
  for (const field of document.querySelectorAll("textarea, input")) {
    if (!field.checkVisibility() || field.closest(".unseen")) continue;
    note(field, getComputedStyle(field, "::placeholder").color, behind(field), field.placeholder);
  }
  return least;
}

for (const colorScheme of ["light", "dark"]) {
  for (const [width, locale] of [
    [1360, "ru-RU"],
    [360, "ru-RU"],
    [360, "en-US"],
  ]) {
    test(`every state is legible and fits: ${colorScheme}, ${width} px, ${locale}`, async () => {
      const { page, close } = await openConsole(browser, url, {
        colorScheme,
        locale,
        viewport: { width, height: 800 },
      });
      for (const [state, enter] of Object.entries(STATES)) {
        await enter(page);
        const least = await page.evaluate(leastContrast);
        assert.ok(least.ratio >= 4.5, `${state}: ${JSON.stringify(least)}`);
        const overflow = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        assert.ok(overflow <= 0, `${state}: ${overflow} px; nothing is wider than the window`);
        if (process.env.SCREENSHOTS) {
          await page.screenshot({
            path: `${process.env.SCREENSHOTS}/${state}-${width}-${colorScheme}-${locale.slice(0, 2)}.png`,
            fullPage: true,
          });
        }
      }
      await close();
    });
  }
}

test("axe finds nothing", async () => {
  const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
  for (const colorScheme of ["light", "dark"]) {
    const { page, close } = await openConsole(browser, url, { colorScheme, bypassCSP: true });
    await page.addScriptTag({ path: axe });
    for (const [state, enter] of Object.entries(STATES)) {
      await enter(page);
      const found = await page.evaluate(() =>
        window.axe.run(document, {
          runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
        }),
      );
      assert.deepEqual(
        found.violations.map(({ id, nodes }) => [
          id,
          nodes.map((node) => `${node.html.slice(0, 120)} ${node.failureSummary}`),
        ]),
        [],
        `${colorScheme}, ${state}`,
      );
    }
    await close();
  }
});

test("the whole way by keyboard", async () => {
  const { page, close } = await openConsole(browser, url);
  const focused = () =>
    page.evaluate(() => document.activeElement.textContent.trim() || document.activeElement.getAttribute("aria-label"));
  const tabTo = async (words) => {
    for (let i = 0; i < 60; ++i) {
      if ((await focused())?.startsWith(words)) return;
      await page.keyboard.press("Tab");
      const seen = await page.evaluate(() => {
        const style = getComputedStyle(document.activeElement);
        return (
          document.activeElement === document.body ||
          document.activeElement.localName === "textarea" ||
          (parseFloat(style.outlineWidth) >= 2 && style.outlineStyle !== "none")
        );
      });
      assert.ok(seen, `the focus is seen on «${await focused()}»`);
    }
    assert.fail(`no way to «${words}»`);
  };
  await page.keyboard.press("Tab");
  assert.equal(await focused(), "Skip to the content");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.id), "main");
  await tabTo("Headline");
  await page.keyboard.type("Presidents of Kazakhstan and China discuss border security");
  await page.keyboard.press("Tab");
  await page.keyboard.type(
    "They met in Astana and agreed on joint border patrols and military exercises of both armies.",
  );
  await page.keyboard.press("Control+Enter");
  await page.waitForSelector(".answer .label");
  await tabTo("Security");
  await page.keyboard.press("Enter");
  assert.equal(await page.locator(".label.chosen .label-name").textContent(), "Security");
  assert.ok((await focused()).startsWith("Security"), "the focus stays");
  await page.keyboard.press("Tab");
  assert.equal(await page.locator("mark.pointed").count(), 1, "a passage in focus points at its words");
  await page.locator("#tab-classify").focus();
  await page.keyboard.press("ArrowRight");
  assert.equal(await focused(), "Routing dry run");
  assert.ok(await page.locator("#routing").isVisible());
  await page.keyboard.press("End");
  assert.ok(await page.locator("#model").isVisible());
  await page.keyboard.press("ArrowRight");
  assert.ok(await page.locator("#classify").isVisible(), "it goes round");
  await close();
});

test("motion is left out where it is not wanted", async () => {
  for (const [reducedMotion, moves] of [
    ["reduce", false],
    ["no-preference", true],
  ]) {
    const { page, close } = await openConsole(browser, url, { reducedMotion });
    await takeExample(page, "01");
    const duration = await page
      .locator(".bar-full")
      .first()
      .evaluate((bar) => getComputedStyle(bar).animationDuration);
    assert.equal(parseFloat(duration) > 0, moves, reducedMotion);
    await close();
  }
});
