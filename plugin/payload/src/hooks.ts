import {afterEdit, KINDS, type LabelSet} from '@rubricator/editorial';
import type {CollectionAfterChangeHook, CollectionBeforeChangeHook} from 'payload';

import {articleOf, isBlank} from './article.js';
import type {CollectionOptions} from './options.js';
import {isOwnWrite} from './own_write.js';
import {type DecisionsByKind, decisionsOf, labelSetOf, recordOf, withDecisions} from './record.js';
import {CLASSIFY, CORRECT, enqueue} from './tasks.js';

/** What an edit made of the labels: set and removed by hand, told from what the form had shown. */
function edited(decisions: DecisionsByKind, shown: LabelSet, labels: LabelSet, editor: string): DecisionsByKind {
  const at = new Date().toISOString();
  return Object.fromEntries(KINDS.map((kind) => {
    const before = new Set(shown[kind]);
    const after = new Set(labels[kind]);
    const added = labels[kind].filter((label) => !before.has(label));
    const removed = shown[kind].filter((label) => !after.has(label));
    return [kind, afterEdit(decisions[kind], added, removed, editor, at)];
  })) as DecisionsByKind;
}

/** Turns an editor's change of the labels into decisions. */
export const recordEdits: CollectionBeforeChangeHook = ({data, originalDoc, req}) => {
  if (isOwnWrite(req)) return data;
  const stored = recordOf(originalDoc);
  const sent = recordOf(data);
  const shown = sent.shown ?? stored.shown ?? labelSetOf(stored);
  const labels: LabelSet = {...labelSetOf(stored), ...Object.fromEntries(KINDS.flatMap((kind) => sent[kind] ? [[kind, sent[kind]]] : []))};
  const decisions = edited(decisionsOf(stored), shown, labels, String(req.user?.id ?? ''));
  data['rubricator'] = {...stored, ...withDecisions(decisions)};
  return data;
};

/** Queues what a save asks for: one row of the job table in the save's own transaction, and no call to anybody. */
export const queueJobs = (collection: string, options: Required<CollectionOptions>): CollectionAfterChangeHook =>
  async ({doc, previousDoc, req}) => {
    if (isOwnWrite(req)) return doc;
    const record = recordOf(doc);
    const article = articleOf(doc, options);
    if (article.hash !== record.contentHash && !isBlank(article)) await enqueue(req, CLASSIFY, collection, doc.id);
    const hadDecided = JSON.stringify(decisionsOf(recordOf(previousDoc)));
    if (record.analysis && JSON.stringify(decisionsOf(record)) !== hadDecided) await enqueue(req, CORRECT, collection, doc.id);
    return doc;
  };
