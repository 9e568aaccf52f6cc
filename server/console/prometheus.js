// Reads Prometheus' text format, and quantiles of its histograms.

/** @typedef {{name: string, labels: Record<string, string>, value: number}} Sample */

/** @param {string} text @returns {Sample[]} lines that are no sample are passed over */
export function parseMetrics(text) {
  /** @type {Sample[]} */
  const samples = [];
  for (const line of text.split("\n")) {
    const match = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})?\s+(\S+)/.exec(line);
    if (!match) continue;
    const [, name, inside = "", value] = match;
    /** @type {Record<string, string>} */
    const labels = {};
    for (const [, key, quoted] of inside.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)) {
      labels[key] = quoted.replace(/\\(.)/g, (_, c) => (c === "n" ? "\n" : c));
    }
    samples.push({
      name,
      labels,
      value: value === "+Inf" ? Infinity : Number(value),
    });
  }
  return samples;
}

/** @param {Sample[]} samples @param {string} name @param {string} [label] @returns {Map<string, number>} sums by the label's value */
export function sums(samples, name, label = "") {
  /** @type {Map<string, number>} */
  const result = new Map();
  for (const sample of samples) {
    if (sample.name !== name) continue;
    const key = label ? (sample.labels[label] ?? "") : "";
    result.set(key, (result.get(key) ?? 0) + sample.value);
  }
  return result;
}

/**
 * As Prometheus' histogram_quantile: linear inside the bucket.
 * @param {Sample[]} samples
 * @param {string} name of the histogram, without `_bucket`
 * @param {number} share in (0, 1)
 * @param {Record<string, string>} [labels] that a bucket must have
 * @returns {number | null} null when nothing was counted
 */
export function quantile(samples, name, share, labels = {}) {
  const wanted = samples.filter((sample) =>
    Object.entries(labels).every(([key, value]) => sample.labels[key] === value),
  );
  const buckets = [...sums(wanted, `${name}_bucket`, "le")]
    .map(([le, count]) => ({
      le: le === "+Inf" ? Infinity : Number(le),
      count,
    }))
    .sort((a, b) => a.le - b.le);
  const total = buckets.at(-1)?.count ?? 0;
  if (!total) return null;
  const rank = share * total;
  let below = { le: 0, count: 0 };
  for (const bucket of buckets) {
    if (bucket.count >= rank) {
      if (bucket.le === Infinity) return below.le;
      return below.le + (bucket.le - below.le) * ((rank - below.count) / (bucket.count - below.count || 1));
    }
    below = bucket;
  }
  return below.le;
}
