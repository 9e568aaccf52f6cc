// Holds the rules to the table that every plugin is held to.
import {afterClassification, afterEdit, afterVerdict, labelsOf} from '@rubricator/editorial';
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {test} from 'node:test';

const AT = '2026-11-20T09:00:00Z';
const {cases} = JSON.parse(readFileSync(process.env.RUBRICATOR_PROVENANCE_CASES, 'utf8'));

function run({before, event, present}) {
  const decisions = Object.fromEntries(Object.entries(before).map(([label, provenance]) => [label, {provenance}]));
  if (event.classified) {
    const {mode, threshold, proposals} = event.classified;
    const found = {confidences: proposals, modelVersion: '1', at: AT};
    return afterClassification(decisions, present ?? labelsOf(decisions), found, mode, threshold);
  }
  if (event.edited) return afterEdit(decisions, event.edited.added, event.edited.removed, 'editor', AT);
  const {label, yes, proposed} = event.verdict;
  if (proposed) decisions[label] = {...decisions[label], modelVersion: '1'};
  return afterVerdict(decisions, label, yes, 'editor', AT);
}

assert.ok(cases.length > 30);
for (const each of cases) {
  test(each.name, () => {
    const after = Object.fromEntries(Object.entries(run(each)).map(([label, {provenance}]) => [label, provenance]));
    assert.deepEqual(after, each.after);
  });
}
