// Second and third tab: trying rules, and the model with its card.
import assert from "node:assert/strict";
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

async function editRules(page, change) {
  await page.fill("#rules", change(await page.inputValue("#rules")));
}

test("edited rules are tried on recent articles, and differences are marked", async () => {
  const { page, close } = await openConsole(browser, url);
  await takeExample(page, "01");
  await page.click(".clear");
  await takeExample(page, "18");
  await page.click("#tab-routing");
  await page.waitForSelector(".article-row >> nth=1");
  assert.equal(await page.locator(".article-row").count(), 2, "the last two articles");
  assert.equal(await page.locator(".dry-run thead th").count(), 2, "without rules, only where they go now");
  await page.click("button:has-text('Take the example')");
  await page.waitForSelector(".summary:has-text('All articles go where they go now')");
  await editRules(page, (rules) =>
    rules.replace("then: {desk: culture, stage: edit}", "then: {desk: world, stage: edit}"),
  );
  await page.waitForSelector(".summary:has-text('1 of 2 articles goes elsewhere')");
  const row = page.locator(".article-row.differs");
  assert.match(await row.textContent(), /Рыбинске/);
  assert.deepEqual(await row.locator(".added, .removed").allTextContents(), ["+ World, added", "− Culture, removed"]);
  await row.locator(".why-button").click();
  assert.match(await page.locator(".why:visible .Matched").textContent(), /culture.*matched.*topics: Culture 1\.00/s);
  await close();
});

test("rules that cannot be read point at their line, and mended ones are tried", async () => {
  const { page, close } = await openConsole(browser, url);
  await page.click("#tab-routing");
  assert.match(await page.locator("#routing").textContent(), /kept in this browser tab only/);
  await page.click("button:has-text('Take the examples')");
  await page.waitForSelector(".article-row >> nth=5");
  await page.click("button:has-text('Take the example')");
  await page.waitForSelector(".dry-run:not(.single)");
  await editRules(page, (rules) => rules.replace("any: [security]", "any: [secuirty]"));
  await page.waitForSelector("#rules-problem:not([hidden])");
  const problem = await page.locator("#rules-problem").textContent();
  const line = Number(/Line (\d+)/.exec(problem)[1]);
  assert.match(problem, /did you mean 'security'/);
  assert.match((await page.inputValue("#rules")).split("\n")[line - 1], /secuirty/);
  assert.equal(await page.locator(".line-numbers .wrong").textContent(), String(line));
  await editRules(page, (rules) => rules.replace("secuirty", "security"));
  await page.waitForSelector("#rules-problem", { state: "hidden" });
  const buffer = Buffer.from("desks: [{id: only}]\nfallback: {desk: only}\nlow_confidence: {desk: only, below: 0.1}\n");
  await page.setInputFiles(".rules-pane input[type=file]", { name: "r.yaml", mimeType: "text/yaml", buffer });
  await page.waitForSelector(".summary:has-text('6 of 6 articles go elsewhere')");
  await page.locator(".forget").first().click();
  await page.waitForFunction(() => document.querySelectorAll(".article-row").length === 5);
  await page.reload();
  await page.waitForSelector(".dry-run:not(.single)");
  await page.click("button:has-text('Forget all')");
  await page.waitForSelector(".invitation:has-text('No article yet')");
  assert.equal(await page.evaluate(() => sessionStorage.getItem("rubricator.recent")), "[]");
  await close();
});

test("the third tab shows the card, the bundle and the server's state", async () => {
  const { page, close } = await openConsole(browser, url);
  await page.click("#tab-model");
  await page.waitForSelector(".card table");
  assert.match(await page.locator(".card h3").textContent(), /^Model card/);
  assert.ok((await page.locator(".card li").count()) > 5);
  assert.match(
    await page.locator(".bundle").textContent(),
    /\d{4}-\d\d-\d\d\.\d+.*answers now.*MB.*English and Russian.*14/s,
  );
  assert.match(await page.locator(".health").textContent(), /Ready/);
  await close();
});

test("the third tab shows the metrics at a glance", async () => {
  const { page, close } = await openConsole(browser, url);
  await takeExample(page, "01");
  await page.click("#tab-model");
  await page.waitForSelector(".figures");
  const [requests, failed, half, most] = await page.locator(".figures dd").allTextContents();
  assert.ok(Number(requests.replaceAll(",", "")) >= 2, requests);
  assert.match(failed, /^\d/);
  for (const time of [half, most]) assert.match(time, /^[\d.]+ ms$/);
  assert.match(await page.locator("[data-counts=outcomes]").textContent(), /Classified \d/);
  assert.match(await page.locator("[data-counts=topics-given]").textContent(), /Humanitarian cooperation \d/);
  assert.match(await page.locator("[data-counts=countries-given]").textContent(), /Kyrgyzstan \d/);
  await close();
});
