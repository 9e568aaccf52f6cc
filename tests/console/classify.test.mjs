// First tab: articles in, topics, countries and desks out, with what speaks for them.
import assert from "node:assert/strict";
import test, { after, before } from "node:test";
import { labels, launch, marks, openConsole, takeExample, type } from "./browser.mjs";
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

const MEETING = {
  title: "Presidents of Kazakhstan and China discuss border security",
  body:
    "The presidents of Kazakhstan and China met in Astana on Tuesday. They agreed on joint border patrols and military " +
    "exercises, and on a culture centre and scholarships for students. Their foreign ministers signed a declaration.",
};

test("a meeting of two presidents is three topics, two countries and its desks", async () => {
  const { page, close } = await openConsole(browser, url, { locale: "ru-RU" });
  await takeExample(page, "01");
  assert.deepEqual(
    new Set(await labels(page, "topics")),
    new Set(["Внешняя политика", "Гуманитарное сотрудничество", "Безопасность"]),
  );
  assert.deepEqual(await labels(page, "countries"), ["Россия", "Киргизия"]);
  for (const share of await page.locator(".label-share").allTextContents())
    assert.match(share, /^>\u202f99\s%$/, "no model is quite sure");
  assert.equal(await page.locator("[data-desk]").first().getAttribute("data-desk"), "diplomacy");
  assert.match(await page.locator("[data-desk=diplomacy]").textContent(), /relations-between-states.*Внешняя политика/);
  assert.match(await page.locator(".meta").textContent(), /Русский · Ответ за [\d,]+ мс · Модель \d{4}-/);
  assert.match(await page.locator("#announcement").textContent(), /Безопасность.* · Россия, Киргизия · Дипломатия/);
  await close();
});

test("evidence is switched by label and marks the very words, also in HTML", async () => {
  const { page, close } = await openConsole(browser, url);
  await takeExample(page, "01");
  const all = (await marks(page)).length;
  for (const label of ["topic security", "topic humanitarian_cooperation", "region KG"]) {
    await page.click(`[data-label="${label}"]`);
    assert.equal(await page.getAttribute(`[data-label="${label}"]`, "aria-pressed"), "true");
    const passages = await page.locator(".label.chosen .passage-text").allTextContents();
    const marked = await marks(page);
    assert.ok(passages.length >= 8, `${label}: ${passages.length} passages`);
    assert.ok(marked.length < all);
    for (const words of new Set(passages))
      assert.ok(marked.includes(words), `${label}: «${words}» among ${marked.join(", ")}`);
    assert.equal(marked.length, passages.length, label);
  }
  assert.ok((await marks(page)).some((words) => words.startsWith("Киргиз")));
  await page.click('[data-label="region KG"]');
  assert.equal((await marks(page)).length, all, "the same again shows all topics");
  await page.click("[data-view=source]");
  await page.click('[data-label="topic security"]');
  assert.ok(
    (await marks(page)).some((words) => words.includes("беспилотники")),
    "the source is marked as well",
  );
  await close();
});

test("a passage points at its mark, and a mark tells what it adds", async () => {
  const { page, close } = await openConsole(browser, url);
  await takeExample(page, "01");
  await page.click('[data-label="topic security"]');
  await page.locator(".passage").first().focus();
  assert.equal(await page.locator("mark.pointed").count(), 1);
  assert.equal(
    (await page.locator("mark.pointed").textContent()).replace(/\s+/g, " "),
    await page.locator(".passage-text").first().textContent(),
  );
  const added = await page.locator(".passage-value").allTextContents();
  const sum = added.reduce((total, value) => total + Number(value.replace("−", "-")), 0);
  assert.ok(sum > Math.log(0.99 / 0.01), `what is listed adds up to more than 99 %: ${added}`);
  await page.locator(".page mark").nth(2).hover();
  assert.match(await page.locator("#tip").textContent(), /^\+\d\.\d\d to “Security”$/);
  await close();
});

test("one types, and marks lie beneath the very words, with astral characters before them", async () => {
  const { page, close } = await openConsole(browser, url);
  await type(page, { title: `😀𝔸 ${MEETING.title}`, body: `🇰🇿👨‍👩‍👧 ${MEETING.body}` });
  await page.waitForSelector(".answer .label");
  await page.click('[data-label="region KZ"]');
  assert.deepEqual(new Set(await marks(page)), new Set(["Kazakhstan", "Astana"]));
  // The words of the field and of what lies beneath it stand at the same place: they break into lines alike.
  const [under, field] = await page
    .locator(".text > *")
    .evaluateAll((all) => all.map((one) => [one.scrollHeight, one.clientWidth, getComputedStyle(one).font]));
  assert.deepEqual(under, field);
  await page.locator(".text textarea").press("Control+Home");
  await page.keyboard.type("Now: ");
  assert.deepEqual(
    new Set(await marks(page)),
    new Set(["Kazakhstan", "Astana"]),
    "before the next answer, marks move along",
  );
  await close();
});

test("abstaining is explained", async () => {
  const { page, close } = await openConsole(browser, url);
  await takeExample(page, "10");
  assert.match(await page.locator("[data-outcome=INSUFFICIENT_TEXT]").textContent(), /Too little to go on.*11 words/s);
  await type(page, {
    body:
      "El presidente del gobierno español anunció ayer en Madrid que el próximo año se celebrarán elecciones " +
      "generales en todo el país, según informaron fuentes cercanas a la presidencia del gobierno.",
  });
  await page.waitForSelector("[data-outcome=UNSUPPORTED_LANGUAGE]");
  assert.match(await page.locator(".abstention").textContent(), /Spanish.*English and Russian/s);
  assert.match(await page.locator(".desk").textContent(), /Copy desk/);
  await close();
});

test("a file is dropped, opened or refused in words", async () => {
  const { page, close } = await openConsole(browser, url);
  const drop = (name, bytes) =>
    page.evaluate(
      ([file, content]) => {
        const transfer = new DataTransfer();
        transfer.items.add(new File([new Uint8Array(content)], file));
        for (const kind of ["dragover", "drop"])
          document.body.dispatchEvent(new DragEvent(kind, { dataTransfer: transfer, bubbles: true, cancelable: true }));
      },
      [name, [...bytes]],
    );
  await drop("meeting.md", Buffer.from(`# ${MEETING.title}\n\n${MEETING.body}\n`));
  await page.waitForSelector(".answer .label");
  assert.equal(await page.inputValue(".headline textarea"), MEETING.title);
  await drop("picture.txt", Buffer.from([0xff, 0xd8, 0xff]));
  await page.waitForSelector(".file-problem:not([hidden])");
  assert.match(await page.locator(".file-problem").textContent(), /“picture.txt” is not a text file/);
  assert.equal(await page.inputValue(".headline textarea"), MEETING.title, "what was there stays");
  await page.setInputFiles(".article input[type=file]", {
    name: "a.html",
    mimeType: "text/html",
    buffer: Buffer.from(`<h1>A &amp; B</h1><p>${MEETING.body}</p>`),
  });
  await page.waitForFunction(() => document.querySelector(".headline textarea").value === "A & B");
  await close();
});

test("what was typed survives a reload, and the language a visit", async () => {
  const { page, close } = await openConsole(browser, url);
  await type(page, MEETING);
  await page.waitForSelector(".answer .label");
  await page.click("[data-language=ru]");
  await page.waitForSelector(".label-name:has-text('Безопасность')");
  await page.reload();
  await page.waitForSelector(".label-name:has-text('Безопасность')");
  assert.equal(await page.inputValue(".text textarea"), MEETING.body);
  await page.click(".clear");
  assert.equal(await page.inputValue(".text textarea"), "");
  await page.click(`.recent:has-text("${MEETING.title}")`);
  await page.waitForSelector(".label-name:has-text('Безопасность')");
  assert.equal(await page.inputValue(".text textarea"), MEETING.body, "an article that was cleared comes back");
  assert.equal(await page.getAttribute(".paper", "lang"), "en");
  assert.equal(await page.getAttribute("html", "lang"), "ru");
  assert.equal(
    await page.evaluate(() => Object.keys(localStorage).join()),
    "rubricator.language",
    "articles are kept in the session only",
  );
  await close();
});

test("a field that the server refuses is named, with what to do", async () => {
  const { page, close } = await openConsole(browser, url);
  await type(page, { title: "long ".repeat(1000), body: MEETING.body });
  await page.waitForSelector(".problem");
  assert.match(
    await page.locator(".problem").textContent(),
    /This is too long.*headline is 5,000 bytes long.*up to 4,096 bytes/s,
  );
  assert.equal(await page.getAttribute(".headline textarea", "aria-invalid"), "true");
  await page.click("summary");
  await page.fill(".headline textarea", MEETING.title);
  await page.fill(".field-row input[type=text]", "x".repeat(300));
  await page.waitForSelector(".field-row input[aria-invalid=true]");
  assert.match(await page.locator(".problem").textContent(), /source/);
  await page.fill(".field-row input[type=text]", "mfa-press-service");
  await page.waitForSelector(".desk :text('ministry-channel')");
  assert.equal(await page.locator(".problem").count(), 0);
  await close();
});

test("when the server goes, nothing is lost; when it is back, the answer comes by itself", async () => {
  const { page, close } = await openConsole(browser, url);
  await page.waitForSelector("#server[data-state=ready]");
  await server.stop();
  await type(page, MEETING);
  await page.waitForSelector(".problem");
  assert.match(await page.locator(".problem").textContent(), /does not answer.*safe in this tab/s);
  assert.equal(await page.getAttribute("#server", "data-state"), "gone");
  await server.start();
  await page.waitForSelector(".answer .label");
  assert.equal(await page.locator(".problem").count(), 0);
  assert.equal(await page.getAttribute("#server", "data-state"), "ready");
  assert.equal(await page.inputValue(".text textarea"), MEETING.body);
  await close();
});
