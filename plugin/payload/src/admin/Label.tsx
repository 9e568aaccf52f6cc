'use client';
import type {Decision, Kind} from '@rubricator/editorial';
import {type CSSProperties, type ReactElement, useId, useState} from 'react';

import type {GivenLabel} from '../record.js';
import type {Words} from './words.js';

const ROW: CSSProperties = {
  alignItems: 'center', background: 'var(--theme-elevation-50)', border: '1px solid var(--theme-elevation-150)',
  borderRadius: 'var(--style-radius-m, 4px)', display: 'flex', gap: 6, padding: '3px 4px 3px 10px',
};
const BUTTON: CSSProperties = {
  background: 'none', border: 0, borderRadius: 3, color: 'var(--theme-text)', cursor: 'pointer', font: 'inherit', minHeight: 24, minWidth: 24,
  padding: '0 5px',
};

interface Props {
  label: string;
  kind: Kind;
  decision: Decision;
  given: GivenLabel | undefined;
  words: Words;
  onVerdict: (yes: boolean) => void;
}

/** One label: name, confidence, yes and no, and the words that speak for it. */
export function Label({label, decision, given, words, onVerdict}: Props): ReactElement {
  const [isOpen, setOpen] = useState(false);
  const why = useId();
  const name = given?.name ?? label;
  const isSettled = decision.provenance === 'accepted' || decision.provenance === 'manual';
  const hasReason = given !== undefined && (given.evidence.length > 0 || given.reason !== undefined);
  return (
    <li style={{listStyle: 'none', margin: '0 0 6px'}} data-label={label} data-provenance={decision.provenance}>
      <div style={{...ROW, borderStyle: decision.provenance === 'suggested' ? 'dashed' : 'solid'}}>
        <span style={{flex: 1, fontWeight: isSettled ? 600 : 400}} title={words[decision.provenance]}>{name}</span>
        {given?.confidence != null && <span style={{fontVariantNumeric: 'tabular-nums'}}>{Math.round(given.confidence * 100)} %</span>}
        {hasReason && (
          <button type="button" style={BUTTON} aria-expanded={isOpen} aria-controls={why} aria-label={`${words.why}: ${name}`}
            onClick={() => setOpen(!isOpen)}>?</button>
        )}
        {!isSettled && (
          <button type="button" style={BUTTON} aria-label={`${words.accept}: ${name}`} onClick={() => onVerdict(true)}>✓</button>
        )}
        <button type="button" style={BUTTON} aria-label={`${words.reject}: ${name}`} onClick={() => onVerdict(false)}>✕</button>
      </div>
      {isOpen && given && (
        <div id={why} style={{fontSize: '0.9em', padding: '4px 10px'}}>
          {given.reason && <p style={{margin: 0}}>{given.reason}</p>}
          {given.evidence.slice(0, 5).map(({begin, field, text, contribution}) => (
            <mark key={`${field}${begin}`} style={{
              background: 'var(--theme-success-200)', borderRadius: 3, color: 'var(--theme-success-900)', display: 'inline-block',
              margin: '0 4px 4px 0', opacity: contribution > 0 ? 1 : 0.6, padding: '0 4px'}}>{text}</mark>
          ))}
        </div>
      )}
    </li>
  );
}
