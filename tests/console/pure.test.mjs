// What needs no browser: spans, HTML, Markdown, metrics, comparing.
import assert from "node:assert/strict";
import test from "node:test";
import { pureModule } from "./browser.mjs";

const evidence = await pureModule("evidence.js");
const markup = await pureModule("markup.js");
const markdown = await pureModule("markdown.js");
const prometheus = await pureModule("prometheus.js");
const comparison = await pureModule("comparison.js");

const span = (begin, end, strength = 1) => ({ begin, end, strength });
const decode = (reference) => ({ "&nbsp;": "\u00a0", "&lt;": "<", "&amp;": "&" })[reference] ?? reference;

test("segments cover the text without gaps, and the stronger span wins", () => {
  const weak = span(2, 8);
  const strong = span(5, 10, 4);
  assert.deepEqual(
    evidence.segments(12, [weak, strong]).map(({ begin, end, span }) => [begin, end, span]),
    [
      [0, 2, null],
      [2, 5, weak],
      [5, 10, strong],
      [10, 12, null],
    ],
  );
  assert.deepEqual(evidence.segments(0, [weak]), []);
  assert.deepEqual(
    evidence.segments(4, [span(2, 8)]),
    [{ begin: 0, end: 4, span: null }],
    "a span past the end is left out",
  );
});

test("spans of a label are as strong as their share of its strongest, and none speaks against", () => {
  const items = [4, 2, 0.1, -3].map((contribution, i) => ({
    field: evidence.BODY,
    begin: i,
    end: i + 1,
    contribution,
  }));
  const spans = evidence.spansOf([{ id: "a", name: "A", hue: "h", evidence: items }], evidence.BODY);
  assert.deepEqual(
    spans.map((one) => one.strength),
    [4, 2, 1],
  );
  assert.deepEqual(evidence.spansOf([{ id: "a", name: "A", hue: "h", evidence: items }], evidence.TITLE), []);
});

test("marks stay with their words while one types", () => {
  const spans = [span(0, 3), span(4, 7), span(8, 11)];
  const moved = (after) => evidence.moved(spans, "one two six", after).map(({ begin, end }) => after.slice(begin, end));
  assert.deepEqual(moved("one two six"), ["one", "two", "six"]);
  assert.deepEqual(moved("one tw2o six"), ["one", "six"]);
  assert.deepEqual(moved("so one two six"), ["one", "two", "six"]);
  assert.deepEqual(moved("one six"), ["one", "six"]);
  assert.deepEqual(moved(""), []);
});

test("HTML becomes blocks whose pieces stand where they say", () => {
  const source =
    '<!-- wp --><p class="a>b">One&nbsp;<b>two</b></p>\n<script>bad()</script><ul><li>three</ul><blockquote><p>four</p></blockquote>five < 6 & so on';
  const blocks = markup.blocks(source, decode);
  assert.deepEqual(
    blocks.map((block) => [
      block.kind,
      block.pieces
        .map((piece) => piece.text)
        .join("")
        .trim(),
    ]),
    [
      ["p", "One\u00a0two"],
      ["li", "three"],
      ["blockquote", "four"],
      ["p", "five < 6 & so on"],
    ].map(([kind, text]) => [kind, text]),
  );
  for (const { pieces } of blocks) {
    for (const piece of pieces) {
      const raw = source.slice(piece.begin, piece.end);
      assert.equal(raw.startsWith("&") && raw.endsWith(";") ? decode(raw) : raw, piece.text);
    }
  }
});

test("hostile markup costs linear time and stays text", () => {
  for (const unit of ["<a", '<a b="', "<!--", "<script>", "&#", "</", "<p>"]) {
    const blocks = markup.blocks(unit.repeat(300_000 / unit.length), decode);
    assert.ok(Array.isArray(blocks), unit);
  }
});

test("the title of HTML is its h1", () => {
  assert.deepEqual(markup.splitTitle("<p>no</p>"), { title: "", body: "<p>no</p>" });
  const split = markup.splitTitle("<h1 class=x>A <i>b</i>\nc</h1>\n<p>d</p>");
  assert.deepEqual(split, { title: "A b c", body: "<p>d</p>" });
});

test("what looks like HTML", () => {
  for (const body of ["<p>a", "a &nbsp; b", "a &#160; b", "<!-- a -->", "</b>"])
    assert.ok(markup.looksLikeHtml(body), body);
  for (const body of ["a < b", "AT&T; no", "a & b", "1 <2", ""])
    assert.equal(markup.looksLikeHtml(body), body.includes("T;"), body);
});

test("Markdown becomes plain values, markup in it stays text", () => {
  const blocks = markdown.parseMarkdown(
    "# A **b**\n\ntwo\nlines <b>x</b>\n\n- one\n  more\n- `two`\n\n1. x\n\n| a | b |\n|---|---|\n| 1 | [l](javascript:x) |\n\n```\n<code>\n```\n",
  );
  assert.deepEqual(
    blocks.map((block) => block.kind),
    ["heading", "paragraph", "list", "list", "table", "code"],
  );
  assert.deepEqual(blocks[0].runs, [
    { kind: "text", text: "A " },
    { kind: "strong", text: "b" },
  ]);
  assert.deepEqual(blocks[1].runs, [{ kind: "text", text: "two lines <b>x</b>" }]);
  assert.deepEqual(blocks[2].items, [[{ kind: "text", text: "one more" }], [{ kind: "code", text: "two" }]]);
  assert.equal(blocks[3].ordered, true);
  assert.deepEqual(blocks[4].rows, [[[{ kind: "text", text: "1" }], [{ kind: "text", text: "l" }]]]);
  assert.equal(blocks[5].text, "<code>");
  for (const odd of ["```", "|", "|a|\n|-|", "**", "- ", "#", "1.", "\u0000", "a\n```\nb"])
    assert.ok(Array.isArray(markdown.parseMarkdown(odd)), odd);
});

test("metrics: samples, sums and quantiles", () => {
  const samples = prometheus.parseMetrics(
    '# HELP a b\na{x="1",y="q\\"}"} 2\na{x="2"} 3 1700000000\nd_bucket{le="1"} 50\nd_bucket{le="2"} 100\nd_bucket{le="+Inf"} 100\nbroken\n',
  );
  assert.deepEqual(
    [...prometheus.sums(samples, "a", "x")],
    [
      ["1", 2],
      ["2", 3],
    ],
  );
  assert.equal(samples[0].labels.y, 'q"}');
  assert.equal(prometheus.quantile(samples, "d", 0.5), 1);
  assert.equal(prometheus.quantile(samples, "d", 0.75), 1.5);
  assert.equal(prometheus.quantile(samples, "nothing", 0.5), null);
});

test("desks that came, went and stayed", () => {
  const desk = (id) => ({ desk: id, displayName: id });
  const compared = comparison.compare([desk("a"), desk("b")], [desk("b"), desk("c")]);
  assert.deepEqual(
    compared.map(({ id, change }) => [id, change]),
    [
      ["b", "same"],
      ["c", "added"],
      ["a", "removed"],
    ],
  );
  assert.deepEqual(comparison.rulesProblem("rules_yaml: preview.yaml:14: rules[2].when: unknown key"), {
    line: 14,
    message: "rules[2].when: unknown key",
  });
  assert.deepEqual(comparison.rulesProblem("rules_yaml: is over 1048576 bytes"), {
    line: 0,
    message: "is over 1048576 bytes",
  });
});
