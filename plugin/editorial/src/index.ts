export {contentHash, type Correction, correctionOf, type Kind, KINDS, type LabelSet} from './correction.js';
export {
  afterClassification, afterEdit, afterVerdict, type Decision, type Decisions, isEditors, isSet, labelsOf, type Mode, type Proposals,
  type Provenance,
} from './provenance.js';
export {MAX_ATTEMPTS, retryDelayMs} from './retry.js';
export {blocksText, lexicalText} from './rich_text.js';
export {nodeSpans, type NodeSpan, type Piece, type PlainText} from './text.js';
