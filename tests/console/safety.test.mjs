// Whatever is typed or received stays text.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import test, { after, before } from "node:test";
import { launch, openConsole, type } from "./browser.mjs";
import { RunningServer } from "./server.mjs";

const ATTACK =
  '<img src=x onerror=alert(1)><script>alert(2)</script><svg onload=alert(3)>"\'><iframe srcdoc="<script>alert(4)</script>"></iframe>' +
  '<a href="javascript:alert(5)">a</a><style>*{display:none}</style>';
const TEXT =
  "The presidents of Kazakhstan and China met in Astana on Tuesday and agreed on joint border patrols and military exercises.";

// A bundle whose card attacks.
const model = mkdtempSync(path.join(tmpdir(), "rubricator-hostile-"));
cpSync(new URL("../../models/default", import.meta.url), model, { recursive: true });
const card = `# ${ATTACK}\n\n- ${ATTACK}\n- **<b onclick=alert(6)>b</b>** [link](javascript:alert(7)) ![i](http://example.org/i.png)\n\n| ${ATTACK} |\n|---|\n| ${ATTACK} |\n`;
writeFileSync(path.join(model, "MODEL_CARD.md"), card);
const manifestPath = path.join(model, "manifest.json");
const manifest = JSON.parse(readFileSync(manifestPath, "utf8"));
manifest.files["MODEL_CARD.md"] = {
  sha256: createHash("sha256").update(card).digest("hex"),
  bytes: Buffer.byteLength(card),
};
writeFileSync(manifestPath, JSON.stringify(manifest));

const server = new RunningServer({ model });
let browser;
let url;
before(async () => {
  [url, browser] = await Promise.all([server.start(), launch()]);
});
after(async () => {
  await browser?.close();
  await server.end();
  rmSync(model, { recursive: true });
});

/** Elements that only markup from outside could have brought. */
const strangers = (page) => page.locator("main :is(script, iframe, svg, style, a, b[onclick], img)").count();

test("in headline and text, as source, as reading and in the dry run", async () => {
  const { page, close } = await openConsole(browser, url);
  await type(page, { title: `${ATTACK} ${TEXT}`, body: `<p>${TEXT}</p>${ATTACK}<p>${TEXT}</p>` });
  await page.waitForSelector(".answer .desk");
  assert.equal(await strangers(page), 0);
  await page.click("[data-view=reading]");
  await page.waitForSelector(".page p");
  assert.equal(await strangers(page), 0);
  assert.ok(!(await page.locator(".page").textContent()).includes("alert(2)"), "scripts are not read");
  await page.click("#tab-routing");
  await page.waitForSelector(".dry-run tbody tr");
  assert.ok((await page.locator(".dry-title").textContent()).includes("<img src=x onerror=alert(1)>"));
  assert.equal(await strangers(page), 0);
  await close();
});

test("in rules, and in the server's words about them", async () => {
  const { page, close } = await openConsole(browser, url);
  await type(page, { body: TEXT });
  await page.waitForSelector(".answer .desk");
  await page.click("#tab-routing");
  await page.fill("#rules", `desks:\n  - id: '${ATTACK.replaceAll("'", "''")}'\n`);
  await page.waitForSelector("#rules-problem:not([hidden])");
  assert.ok((await page.locator("#rules-problem").textContent()).includes("<"), "the message quotes it");
  await page.fill(
    "#rules",
    `desks:\n  - {id: a, name: '${ATTACK.replaceAll("'", "''").slice(0, 200)}'}\nfallback: {desk: a}\nlow_confidence: {desk: a, below: 0.1}\n`,
  );
  await page.waitForSelector(".desk-chip.added");
  assert.ok((await page.locator(".desk-chip.added").textContent()).includes("<img src=x"));
  assert.equal(await strangers(page), 0);
  await close();
});

test("in an error that something between the server and the page makes up", async () => {
  const { page, close } = await openConsole(browser, url);
  await page.route("**/rubricator.v1.*/*", (route) =>
    route.fulfill({
      status: 500,
      contentType: "application/json",
      body: JSON.stringify({ code: "internal", message: ATTACK }),
    }),
  );
  await type(page, { body: TEXT });
  await page.waitForSelector(".problem");
  assert.ok((await page.locator(".problem").textContent()).includes("<script>alert(2)</script>"));
  assert.equal(await strangers(page), 0);
  await page.unroute("**/rubricator.v1.*/*");
  await page.route("**/rubricator.v1.*/*", (route) =>
    route.fulfill({ status: 502, contentType: "text/html", body: `<html>${ATTACK}` }),
  );
  await page.click(".problem .solid");
  await page.waitForSelector(".problem:has-text('starting or stopping')");
  await close();
});

test("in the model card", async () => {
  const { page, close } = await openConsole(browser, url);
  await page.click("#tab-model");
  await page.waitForSelector(".card table");
  assert.ok((await page.locator(".card").textContent()).includes("<script>alert(2)</script>"));
  assert.ok((await page.locator(".card").textContent()).includes("<b onclick=alert(6)>b</b> link"));
  assert.equal(await strangers(page), 0);
  await close();
});
