/** Who a label of an article is from. */
export type Provenance =
    'suggested' | // proposed by the machine; not set
    'auto' |      // set by the machine, and not judged by an editor yet
    'accepted' |  // proposed by the machine and confirmed by an editor
    'manual' |    // set by an editor, or by whatever made the article
    'rejected';   // taken away by an editor; never comes back on its own

/** What the machine may do with labels of one kind. */
export type Mode = 'apply' | 'suggest' | 'off';

export interface Decision {
  provenance: Provenance;
  /** In [0, 1], of the last classification that proposed the label; null counts as certain. */
  confidence?: number | null;
  /** That proposed it last; empty when no model did. */
  modelVersion?: string;
  /** Who decided: the CMS's number or name; empty for the machine. */
  editor?: string;
  /** When it got this provenance, ISO 8601. */
  decidedAt?: string;
}

/** By label. */
export type Decisions = Readonly<Record<string, Decision>>;

export interface Proposals {
  /** In [0, 1] by label; null counts as certain. */
  confidences: Readonly<Record<string, number | null>>;
  modelVersion: string;
  at: string;
}

const SET = new Set<Provenance>(['auto', 'accepted', 'manual']);
const EDITORS = new Set<Provenance>(['accepted', 'manual', 'rejected']);

/** Whether the article carries the label. */
export const isSet = (decision: Decision | undefined): boolean => decision !== undefined && SET.has(decision.provenance);
export const isEditors = (decision: Decision | undefined): boolean => decision !== undefined && EDITORS.has(decision.provenance);

/** The labels that an article carries, in the order of the decisions. */
export const labelsOf = (decisions: Decisions): string[] =>
  Object.entries(decisions).filter(([, decision]) => isSet(decision)).map(([label]) => label);

/**
 * After a classification. Editors' decisions stay as they are. In mode `apply` a label at or over the threshold is set and
 * one that is no longer proposed is taken back; in mode `suggest` nothing is set or taken back. `present`: the labels that
 * the article carries now. plugin/shared/provenance_cases.json holds these rules for every plugin.
 */
export function afterClassification(decisions: Decisions, present: readonly string[], proposals: Proposals, mode: Mode,
    threshold: number): Decisions {
  if (mode === 'off') return decisions;
  const {confidences, modelVersion, at} = proposals;
  const next: Record<string, Decision> = {...reconciled(decisions, present, at)};
  for (const [label, confidence] of Object.entries(confidences)) {
    const known = next[label];
    if (known && isEditors(known)) {
      next[label] = {...known, confidence, modelVersion};
      continue;
    }
    const applies = mode === 'apply' ? (confidence ?? 1) >= threshold : known?.provenance === 'auto';
    const provenance = applies ? 'auto' : 'suggested';
    const decidedAt = known?.provenance === provenance ? known.decidedAt ?? at : at;
    next[label] = {provenance, confidence, modelVersion, editor: '', decidedAt};
  }
  for (const [label, decision] of Object.entries(next)) {
    const stays = label in confidences || isEditors(decision) || (mode === 'suggest' && decision.provenance === 'auto');
    if (!stays) delete next[label];
  }
  return next;
}

/** After labels were set and removed by anybody but the machine: in a form, by an import, by another plugin. */
export function afterEdit(decisions: Decisions, added: readonly string[], removed: readonly string[], editor: string,
    at: string): Decisions {
  const next: Record<string, Decision> = {...decisions};
  for (const label of added) {
    const known = next[label];
    if (known === undefined || known.provenance === 'rejected') {
      next[label] = {...known, provenance: 'manual', editor, decidedAt: at};
    } else if (known.provenance === 'suggested') {
      next[label] = {...known, provenance: 'accepted', editor, decidedAt: at};
    }
  }
  for (const label of removed) {
    const known = next[label];
    if (known === undefined || isSet(known)) next[label] = {...known, provenance: 'rejected', editor, decidedAt: at};
  }
  return next;
}

/** After an editor said yes to a label, or no. */
export function afterVerdict(decisions: Decisions, label: string, yes: boolean, editor: string, at: string): Decisions {
  const known = decisions[label];
  const agreed = known?.modelVersion ? 'accepted' : 'manual';
  return {...decisions, [label]: {...known, provenance: yes ? agreed : 'rejected', editor, decidedAt: at}};
}

/**
 * What the labels tell that nobody saw happen: a label without a decision is manual, a decision whose label is gone is
 * rejected.
 */
function reconciled(decisions: Decisions, present: readonly string[], at: string): Decisions {
  const set = new Set(labelsOf(decisions));
  const there = new Set(present);
  return afterEdit(decisions, present.filter((label) => !set.has(label)), [...set].filter((label) => !there.has(label)), '', at);
}
