// Opens a report in a browser, at two widths and in both colour schemes.
// node report_test.mjs REPORT.html SCREENSHOT_FOLDER
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const [report, folder] = process.argv.slice(2);
const executablePath = ["/usr/bin/chromium", "/usr/bin/chromium-browser"].find(existsSync);
const browser = await chromium.launch({
  executablePath,
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync"],
});

async function check(width, colorScheme) {
  const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
  const problems = [];
  const requests = [];
  page.on("pageerror", (error) => problems.push(String(error)));
  page.on("console", (message) => { if (message.type() === "error") problems.push(message.text()); });
  page.on("request", (request) => requests.push(request.url()));
  await page.goto(pathToFileURL(report).href);
  await page.waitForSelector("html[data-ready=yes]", { timeout: 20000 });
  const topics = await page.locator("#topics tbody tr").count();
  assert.ok(topics >= 2, "the table has the topics");
  assert.equal(await page.locator("#curves canvas").count(), topics, "each topic has its curve");
  assert.equal(await page.locator("#reliability canvas").count(), 1);
  assert.equal(await page.locator("#words .panel").count(), topics);
  assert.equal(await page.locator("#groups table").count(), 3);
  const painted = await page.locator("#curves canvas").first().evaluate((canvas) =>
    canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data.some((byte) => byte !== 0));
  assert.ok(painted, "the curves are painted");
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(overflow <= 0, `nothing is wider than the window at ${width}: ${overflow}`);
  await page.locator("#reliability select").selectOption("1");
  assert.equal(await page.locator("#reliability canvas").count(), 1, "choosing a topic draws the chart anew");
  await page.locator("#reliability select").selectOption("0");
  await page.screenshot({ path: `${folder}/report-${width}-${colorScheme}.png`, fullPage: true });
  assert.deepEqual(problems, [], "no error in the console");
  assert.equal(requests.length, 1, `only the page itself is loaded: ${requests}`);
  await page.close();
}

try {
  for (const width of [1200, 400]) {
    for (const colorScheme of ["light", "dark"]) await check(width, colorScheme);
  }
} finally {
  await browser.close();
}
console.log("report: 4 views are good");
