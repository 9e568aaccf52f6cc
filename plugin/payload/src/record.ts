import type {Analysis} from '@rubricator/client';
import {RegionRole} from '@rubricator/client';
import {type Decisions, type Kind, KINDS, type LabelSet, labelsOf} from '@rubricator/editorial';

/** A span of title or body that speaks for a label, in UTF-16 units of the plain text. */
export interface EvidenceSpan {
  field: 'title' | 'body';
  begin: number;
  end: number;
  text: string;
  contribution: number;
}

/** A label as the server gave it. */
export interface GivenLabel {
  name: string;
  /** In [0, 1]; null: certain, as desks are. */
  confidence: number | null;
  evidence: EvidenceSpan[];
  /** Of a desk: the rule that chose it, and why. */
  reason?: string;
}

/** What the plugin keeps of the last answer. */
export interface StoredAnalysis {
  modelVersion: string;
  outcome: number;
  labels: Record<Kind, Record<string, GivenLabel>>;
}

export type DecisionsByKind = Record<Kind, Decisions>;

/** The plugin's group of fields in a document. */
export interface RubricatorRecord extends Partial<LabelSet> {
  /** The labels as they were when the form was filled: what an editor changed is told from this, not from what is stored. */
  shown?: LabelSet | null;
  decisions?: DecisionsByKind | null;
  analysis?: StoredAnalysis | null;
  contentHash?: string | null;
  /** Why the last classification failed, in words; empty when it did not. */
  problem?: string | null;
}

export const recordOf = (document: Record<string, unknown> | undefined): RubricatorRecord =>
  (document?.['rubricator'] ?? {}) as RubricatorRecord;

export const decisionsOf = (record: RubricatorRecord): DecisionsByKind => ({topics: {}, regions: {}, desks: {}, ...record.decisions});

/** The labels that the document carries. */
export const labelSetOf = (record: RubricatorRecord): LabelSet =>
  ({topics: record.topics ?? [], regions: record.regions ?? [], desks: record.desks ?? []});

/** The fields that follow from decisions. */
export function withDecisions(decisions: DecisionsByKind): Pick<RubricatorRecord, Kind | 'shown' | 'decisions'> {
  const labels = Object.fromEntries(KINDS.map((kind) => [kind, labelsOf(decisions[kind])])) as unknown as LabelSet;
  return {...labels, shown: labels, decisions};
}

function spansOf(evidence: Analysis['topics'][number]['evidence']): EvidenceSpan[] {
  return evidence.map(({field, begin, end, text, contribution}) =>
    ({field: field === 1 ? 'title' as const : 'body' as const, begin, end, text, contribution}));
}

/** Countries that are only mentioned are no labels. */
export function storedAnalysis({modelVersion, outcome, topics, regions, desks}: Analysis): StoredAnalysis {
  const inFocus = regions.filter(({role}) => role === RegionRole.FOCUS);
  return {modelVersion, outcome, labels: {
    topics: Object.fromEntries(topics.map(({id, displayName, confidence, evidence}) =>
      [id, {name: displayName, confidence, evidence: spansOf(evidence)}])),
    regions: Object.fromEntries(inFocus.map(({code, displayName, confidence, evidence}) =>
      [code, {name: displayName, confidence, evidence: spansOf(evidence)}])),
    desks: Object.fromEntries(desks.map(({desk, displayName, reason}) =>
      [desk, {name: displayName, confidence: null, evidence: [], reason}])),
  }};
}
