'use client';
import {useConfig, useDocumentInfo, useFormFields, useTranslation} from '@payloadcms/ui';
import {type Kind, KINDS} from '@rubricator/editorial';
import {type ReactElement, useState} from 'react';

import type {DecisionsByKind, RubricatorRecord, StoredAnalysis} from '../record.js';
import {Label} from './Label.js';
import {wordsOf} from './words.js';

const PATHS = ['topics', 'regions', 'desks', 'shown', 'decisions'] as const;

/** What the machine proposes for the document, for the editor to accept or reject; in the sidebar of its form. */
export function Suggestions(): ReactElement | null {
  const {i18n} = useTranslation();
  const {config} = useConfig();
  const {id, collectionSlug} = useDocumentInfo();
  const words = wordsOf(i18n.language);
  const [message, setMessage] = useState('');
  const values = useFormFields(([fields, dispatch]) => ({
    decisions: fields['rubricator.decisions']?.value as DecisionsByKind | undefined,
    analysis: fields['rubricator.analysis']?.value as StoredAnalysis | undefined,
    problem: fields['rubricator.problem']?.value as string | undefined,
    dispatch,
  }));
  const {decisions, analysis, problem, dispatch} = values;
  if (id === undefined) return null;

  const post = async (action: string, body: object): Promise<RubricatorRecord | null> => {
    try {
      const response = await fetch(`${config.serverURL}${config.routes.api}/${collectionSlug}/${id}/rubricator/${action}`, {
        method: 'POST', credentials: 'include', headers: {'Content-Type': 'application/json'}, body: JSON.stringify(body),
        signal: AbortSignal.timeout(10_000),
      });
      if (!response.ok) throw new Error(`HTTP ${response.status}`);
      setMessage('');
      return ((await response.json()) as {rubricator?: RubricatorRecord}).rubricator ?? null;
    } catch (error) {
      setMessage(`${words.failed}: ${error instanceof Error ? error.message : String(error)}`);
      return null;
    }
  };
  const judge = async (kind: Kind, label: string, yes: boolean): Promise<void> => {
    const record = await post('verdict', {kind, label, yes});
    if (!record) return;
    // Without marking the form as changed: the server has it already.
    for (const path of PATHS) dispatch({type: 'UPDATE', path: `rubricator.${path}`, value: record[path], initialValue: record[path]});
  };
  const again = async (): Promise<void> => {
    await post('classify', {});
    setMessage((before) => before || words.queued);
  };

  const open = KINDS.map((kind) => ({kind, labels: Object.entries(decisions?.[kind] ?? {}).filter(([, each]) => each.provenance !== 'rejected')}));
  const rejected = KINDS.flatMap((kind) =>
    Object.entries(decisions?.[kind] ?? {}).filter(([, each]) => each.provenance === 'rejected').map(([label]) => ({kind, label})));
  const isEmpty = open.every(({labels}) => labels.length === 0);
  return (
    <div className="field-type rubricator" style={{marginBottom: 16}}>
      {problem && <p role="alert">{problem}</p>}
      {isEmpty && <p>{analysis ? words.empty : words.none}</p>}
      {open.filter(({labels}) => labels.length > 0).map(({kind, labels}) => (
        <section key={kind} aria-label={words[kind]}>
          <h4 style={{margin: '8px 0 6px'}}>{words[kind]}</h4>
          <ul style={{margin: 0, padding: 0}}>
            {labels.map(([label, decision]) => (
              <Label key={label} label={label} kind={kind} decision={decision} given={analysis?.labels[kind][label]} words={words}
                onVerdict={(yes) => void judge(kind, label, yes)} />
            ))}
          </ul>
        </section>
      ))}
      {rejected.length > 0 && (
        <p style={{opacity: 0.8}}>
          {words.rejectedLabels}: {rejected.map(({kind, label}, i) => (
            <span key={kind + label}>
              {i > 0 && ', '}{analysis?.labels[kind][label]?.name ?? label}{' '}
              <button type="button" style={{background: 'none', border: 0, color: 'inherit', cursor: 'pointer', padding: 0}}
                aria-label={`${words.restore}: ${label}`} onClick={() => void judge(kind, label, true)}>↺</button>
            </span>
          ))}
        </p>
      )}
      <button type="button" className="btn btn--style-secondary btn--size-small" onClick={() => void again()}>{words.again}</button>
      <p role="status" style={{margin: '6px 0 0'}}>{message}</p>
    </div>
  );
}
