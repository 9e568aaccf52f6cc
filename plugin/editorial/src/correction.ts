import {createHash} from 'node:crypto';

import {type Decision, type Decisions, isEditors} from './provenance.js';

export const KINDS = ['topics', 'regions', 'desks'] as const;
/** What a label is. */
export type Kind = typeof KINDS[number];

export interface LabelSet {
  topics: string[];
  regions: string[];
  desks: string[];
}

/** What editors left of an analysis; the fields of rubricator.v1.RecordCorrectionRequest. */
export interface Correction {
  articleSha256: string;
  given: LabelSet;
  corrected: LabelSet;
  editor: string;
  /** ISO 8601 */
  correctedAt: string;
  modelVersion: string;
  idempotencyKey: string;
}

/** SHA-256 of title, line feed and body as sent: 64 lower-case hex digits. The article's name in corrections. */
export const contentHash = (title: string, body: string): string =>
  createHash('sha256').update(`${title}\n${body}`, 'utf8').digest('hex');

/** Silence is no rejection: a label that the server gave counts as left unless an editor took it away. */
function left(given: readonly string[], decisions: Decisions): string[] {
  const kept = given.filter((label) => decisions[label]?.provenance !== 'rejected');
  const added = Object.entries(decisions).filter(([, each]) => isEditors(each) && each.provenance !== 'rejected');
  return [...new Set([...kept, ...added.map(([label]) => label)])];
}

/**
 * Null when no editor has decided anything. `article` names the article within the CMS: with the state of its labels it
 * makes the idempotency key, so that the same state is kept once however often it is sent.
 */
export function correctionOf(article: string, sha256: string, modelVersion: string, given: LabelSet,
    decisions: Record<Kind, Decisions>): Correction | null {
  const judged = KINDS.flatMap((kind) => Object.values(decisions[kind])).filter((each) => isEditors(each));
  if (judged.length === 0) return null;
  const last = judged.reduce((a: Decision, b: Decision) => ((a.decidedAt ?? '') > (b.decidedAt ?? '') ? a : b));
  const correction = {
    articleSha256: sha256,
    given,
    corrected: Object.fromEntries(KINDS.map((kind) => [kind, left(given[kind], decisions[kind])])) as unknown as LabelSet,
    editor: last.editor ?? '',
    correctedAt: last.decidedAt ?? '',
    modelVersion,
  };
  const idempotencyKey = createHash('sha256').update(JSON.stringify([article, correction])).digest('hex');
  return {...correction, idempotencyKey};
}
