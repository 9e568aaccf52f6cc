"use strict";
(() => {
  const figures = JSON.parse(document.getElementById("figures").textContent);
  const scheme = matchMedia("(prefers-color-scheme: dark)");
  const byId = (id) => document.getElementById(id);
  const fixed = (value, digits = 3) => value.toFixed(digits).replace(/^0\./, ".");
  const count = (value) => value.toLocaleString("en");
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  function make(tag, options = {}, ...children) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(options)) {
      if (name === "style") for (const [key, item] of Object.entries(value)) node.style.setProperty(key, item);
      else node.setAttribute(name, value);
    }
    node.append(...children.map((child) => (child instanceof Node ? child : String(child))));
    return node;
  }

  function bar(value) {
    return make("td", { class: "bar" }, make("div", { class: "track" },
      make("i", { style: { "--share": `${100 * value}%` } }), make("b", {}, fixed(value))));
  }

  function table(heads, rows, options = {}) {
    const head = make("tr", {}, ...heads.map(([text, kind, hint]) =>
      make("th", { class: kind || "", scope: "col", ...(hint ? { title: hint } : {}) }, text)));
    return make("table", options, make("thead", {}, head), make("tbody", {}, ...rows));
  }

  const cell = (text, kind = "") => make("td", { class: kind }, text);
  const rowHead = (text) => make("th", { scope: "row", title: text }, text);

  function summary() {
    byId("about").textContent = `${figures.version} · ${figures.created.slice(0, 10)} · ${figures.basis}`;
    document.title = `Rubricator ${figures.version}: model report`;
    const cards = [["Articles", count(figures.articles)], ["Macro-F1", fixed(figures.macro_f1)],
      ["Micro-F1", fixed(figures.micro_f1)], ["Calibration error", fixed(figures.calibration_error)]];
    byId("summary").append(...cards.map(([name, value]) =>
      make("div", { class: "card" }, make("b", {}, value), make("span", {}, name))));
  }

  function topics() {
    const heads = [["Topic"], ["F1", "text"], ["Precision"], ["Recall"],
      ["Articles", "", "that annotators gave the topic"], ["Threshold", "", "least confidence at which the topic is given"],
      ["Calibration error", "", "mean gap between confidence and truth"]];
    byId("topics").append(table(heads, figures.topics.map((topic) => make("tr", {}, rowHead(topic.name),
      bar(topic.f1), cell(fixed(topic.precision)), cell(fixed(topic.recall)), cell(count(topic.gold)),
      cell(fixed(topic.threshold, 2)), cell(fixed(topic.calibration_error))))));
  }

  const charts = [];
  function chart(parent, ratio, describe, data) {
    const place = make("div", { class: "chart" });
    parent.append(place);
    const draw = () => {
      const width = Math.max(180, Math.floor(place.clientWidth));
      const plot = new uPlot({ width, height: Math.round(width * ratio), ...describe() }, data(), place);
      return () => { plot.destroy(); };
    };
    charts.push({ draw, clear: draw() });
  }
  function redraw() {
    for (const item of charts) { item.clear(); item.clear = item.draw(); }
  }

  const share = (self, ticks) => ticks.map((tick) => (tick === 0 ? "0" : tick === 1 ? "1" : fixed(tick, 1)));
  function axis(label, size) {
    return {
      label, size, labelSize: 16, labelGap: 0, gap: 4, font: "11px system-ui, sans-serif", labelFont: "11px system-ui, sans-serif",
      stroke: colour("--soft"), values: share, splits: () => [0, 0.2, 0.4, 0.6, 0.8, 1],
      grid: { stroke: colour("--line"), width: 1 }, ticks: { show: false },
    };
  }
  const unit = { time: false, range: () => [0, 1] };
  function unitPlot(x, y, series) {
    return { padding: [8, 10, 0, 0], legend: { show: false }, cursor: { show: false }, scales: { x: unit, y: { range: () => [0, 1.001] } },
      axes: [axis(x, 22), axis(y, 28)], series: [{}, ...series] };
  }

  // The curve, and the chosen point as a series of one value.
  function curves() {
    for (const topic of figures.topics) {
      const xs = topic.curve.map((point) => point[0]).concat(topic.point[0]);
      const order = xs.map((_, i) => i).sort((a, b) => xs[a] - xs[b]);
      const last = topic.curve.length;
      const panel = make("div", { class: "panel" }, make("h3", {}, topic.name), make("div", { class: "note" },
        `from ${fixed(topic.threshold, 2)}: precision ${fixed(topic.point[1], 2)}, recall ${fixed(topic.point[0], 2)}`));
      byId("curves").append(panel);
      chart(panel, 0.72, () => unitPlot("recall", "precision", [
        { stroke: colour("--accent"), width: 2, fill: colour("--accent-soft"), points: { show: false }, spanGaps: true },
        { stroke: colour("--ink"), width: 0, points: { show: true, size: 10, width: 2.5, stroke: colour("--ink"), fill: colour("--panel") } },
      ]), () => [order.map((i) => xs[i]), order.map((i) => (i === last ? null : topic.curve[i][1])),
        order.map((i) => (i === last ? topic.point[1] : null))]);
    }
  }

  function reliability() {
    const choices = [{ name: "All topics", bins: figures.bins, calibration_error: figures.calibration_error }, ...figures.topics];
    let chosen = choices[0];
    const select = make("select", { "aria-label": "Topic of the reliability diagram" },
      ...choices.map((choice, i) => make("option", { value: i }, choice.name)));
    byId("reliability").append(select);
    const filled = () => chosen.bins.filter((bin) => bin[2] > 0);
    chart(byId("reliability"), 0.62, () => unitPlot("confidence", "share that was right", [
      { stroke: colour("--soft"), width: 1, dash: [5, 5], points: { show: false }, spanGaps: true },
      { stroke: colour("--accent"), width: 2, spanGaps: true, points: { show: true, size: 8, fill: colour("--accent") } },
    ]), () => {
      const xs = [0, ...filled().map((bin) => bin[0]), 1];
      return [xs, xs.map((x, i) => (i === 0 || i === xs.length - 1 ? x : null)), [null, ...filled().map((bin) => bin[1]), null]];
    });
    const list = () => byId("reliability-table").replaceChildren(table(
      [["Confidence"], ["Decisions"], ["Mean"], ["Right"]],
      chosen.bins.map((bin, i) => make("tr", {}, rowHead(`${i * 10}–${i * 10 + 10} %`), cell(count(bin[2])),
        cell(bin[2] ? fixed(bin[0], 2) : "–"), cell(bin[2] ? fixed(bin[1], 2) : "–"))), { class: "compact" }));
    select.addEventListener("change", () => { chosen = choices[Number(select.value)]; list(); redraw(); });
    list();
  }

  function confusions() {
    const names = figures.topics.map((topic) => topic.name);
    const most = Math.max(1, ...figures.confusions.flat());
    const heads = make("tr", {}, make("th", { scope: "col" }, "missed ↓  given →"),
      ...names.map((name) => make("th", { scope: "col" }, make("span", {}, name))));
    const rows = figures.confusions.map((row, i) => make("tr", {}, rowHead(names[i]), ...row.map((value, j) =>
      make("td", { title: `${names[i]} missed, ${names[j]} given: ${value}`,
        style: { background: value ? `rgba(${colour("--heat")}, ${0.08 + 0.62 * value / most})` : "none" } },
      i === j ? "" : value || "·"))));
    byId("confusions").append(make("table", { class: "heat" }, make("thead", {}, heads), make("tbody", {}, ...rows)));
  }

  function words() {
    for (const topic of figures.topics) {
      const most = Math.max(1e-9, ...topic.words.map((word) => word[1]));
      byId("words").append(make("div", { class: "panel" }, make("h3", {}, topic.name), make("ul", { class: "chips" },
        ...topic.words.map(([word, weight]) => make("li", { title: `weight ${weight.toFixed(2)}`,
          style: { "--weight": String(0.1 + 0.3 * weight / most) } }, word)))));
    }
  }

  function groups() {
    for (const group of figures.groups) {
      const rows = group.parts.map((part) => make("tr", {}, rowHead(part.name), bar(part.micro_f1),
        cell(fixed(part.macro_f1)), cell(count(part.articles))));
      byId("groups").append(make("div", { class: "scroll" }, table(
        [[group.name], ["Micro-F1", "text"], ["Macro-F1"], ["Articles"]], rows, { class: "compact" })));
    }
  }

  function errors() {
    byId("errors-lead").textContent = figures.has_titles
      ? "Decisions in which the model was surest and an annotator said otherwise."
      : "Decisions in which the model was surest and an annotator said otherwise. Only identifiers are kept: texts belong to their publishers.";
    if (figures.errors.length === 0) {
      byId("errors").append(make("p", { class: "empty" }, "None."));
      return;
    }
    const tags = (names) => make("td", { class: "text tags" }, ...names.map((name) => make("span", { class: "tag" }, name)));
    const heads = [["Article"], ...(figures.has_titles ? [["Title", "text"]] : []), ["Error", "text"], ["Topic", "text"],
      ["Confidence"], ["Annotator", "text"], ["Model", "text"]];
    byId("errors").append(table(heads, figures.errors.map((error) => make("tr", {}, rowHead(error.id || "–"),
      ...(figures.has_titles ? [cell(error.title, "title")] : []),
      make("td", { class: `text ${error.kind}` }, error.kind === "wrong" ? "given wrongly" : "missed"),
      cell(error.topic, "text"), cell(fixed(error.confidence, 2)), tags(error.gold), tags(error.given)))));
  }

  summary();
  topics();
  curves();
  reliability();
  confusions();
  words();
  groups();
  errors();
  scheme.addEventListener("change", () => { byId("confusions").replaceChildren(); confusions(); redraw(); });
  let width = innerWidth;
  addEventListener("resize", () => { if (innerWidth !== width) { width = innerWidth; redraw(); } });
  document.documentElement.dataset.ready = "yes";
})();
