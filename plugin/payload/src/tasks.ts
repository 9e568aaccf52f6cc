import {RubricatorClient, RubricatorError} from '@rubricator/client';
import {afterClassification, correctionOf, type Kind, KINDS} from '@rubricator/editorial';
import type {Payload, PayloadRequest, TaskConfig} from 'payload';

import {articleOf, isBlank} from './article.js';
import type {Settings} from './options.js';
import {OWN_WRITE} from './own_write.js';
import {type DecisionsByKind, decisionsOf, labelSetOf, recordOf, type RubricatorRecord, type StoredAnalysis, storedAnalysis, withDecisions}
  from './record.js';

export const CLASSIFY = 'rubricatorClassify';
export const CORRECT = 'rubricatorCorrect';
export const QUEUE = 'rubricator';
const ATTEMPTS = 13; // the last one some eleven hours after the first, at five seconds' delay

type Id = number | string;
interface Input {collection: string, id: string}
type Task = TaskConfig<{input: Input, output: object}>;

/** Numbers stay numbers: databases differ in what they take for an id. */
const idOf = ({id}: Input): Id => JSON.parse(id) as Id;

export async function enqueue(req: PayloadRequest, task: string, collection: string, id: Id): Promise<void> {
  await req.payload.jobs.queue({task, queue: QUEUE, input: {collection, id: JSON.stringify(id)}, req} as
    unknown as Parameters<Payload['jobs']['queue']>[0]);
}

async function find(payload: Payload, {collection, ...input}: Input): Promise<Record<string, unknown> | null> {
  return await payload.findByID({collection, id: idOf({collection, ...input}), depth: 0, draft: true, disableErrors: true}) as
    Record<string, unknown> | null;
}

async function write(payload: Payload, input: Input, document: Record<string, unknown>, record: RubricatorRecord): Promise<void> {
  await payload.update({
    collection: input.collection, id: idOf(input), depth: 0, context: OWN_WRITE, draft: document['_status'] === 'draft',
    data: {rubricator: {...recordOf(document), ...record}},
  });
}

function judged(record: RubricatorRecord, analysis: StoredAnalysis, settings: Settings): DecisionsByKind {
  const [decisions, labels, at] = [decisionsOf(record), labelSetOf(record), new Date().toISOString()];
  return Object.fromEntries(KINDS.map((kind: Kind) => {
    const confidences = Object.fromEntries(Object.entries(analysis.labels[kind]).map(([label, given]) => [label, given.confidence]));
    const proposals = {confidences, modelVersion: analysis.modelVersion, at};
    const {mode, threshold} = settings.kinds[kind];
    return [kind, afterClassification(decisions[kind], labels[kind], proposals, mode, threshold)];
  })) as DecisionsByKind;
}

const inputSchema: TaskConfig['inputSchema'] = [
  {name: 'collection', type: 'text', required: true},
  {name: 'id', type: 'text', required: true},
];

/** Classifies a document as it is when its turn comes, unless its text is the one that was answered last. */
export function classifyTask(client: RubricatorClient, settings: Settings): Task {
  const handler: Task['handler'] = async ({input: raw, req: {payload}}) => {
    const input = raw as Input;
    const options = settings.collections[input.collection];
    const before = options && await find(payload, input);
    if (!before) return {output: {}};
    const article = articleOf(before, options);
    if (isBlank(article) || article.hash === recordOf(before).contentHash) return {output: {}};
    try {
      const answer = await client.classify({id: idOf(input).toString(), title: article.title, body: article.body.text, format: 1},
          {includeEvidence: true});
      // Whatever was saved meanwhile counts.
      const document = await find(payload, input);
      if (!document) return {output: {}};
      const record = recordOf(document);
      const analysis = storedAnalysis(answer);
      const decisions = withDecisions(judged(record, analysis, settings));
      await write(payload, input, document, {...decisions, analysis, contentHash: article.hash, problem: ''});
    } catch (error) {
      if (!(error instanceof RubricatorError) || error.isTransient) throw error;
      await write(payload, input, before, {contentHash: article.hash, problem: `${error.code}: ${error.message}`});
    }
    return {output: {}};
  };
  return {slug: CLASSIFY, inputSchema, retries: retriesOf(settings), handler};
}

/** Tells the server what editors left. */
export function correctTask(client: RubricatorClient, settings: Settings): Task {
  const handler: Task['handler'] = async ({input: raw, req: {payload}}) => {
    const input = raw as Input;
    const options = settings.collections[input.collection];
    const document = options && await find(payload, input);
    const record = recordOf(document ?? undefined);
    if (!document || !record.analysis || !record.contentHash) return {output: {}};
    const {labels, modelVersion} = record.analysis;
    const given = {topics: Object.keys(labels.topics), regions: Object.keys(labels.regions), desks: Object.keys(labels.desks)};
    const correction = correctionOf(`${input.collection}/${input.id}`, record.contentHash, modelVersion, given, decisionsOf(record));
    if (correction) {
      const {idempotencyKey, correctedAt, ...fields} = correction;
      const seconds = Math.floor(Date.parse(correctedAt) / 1000);
      const article = articleOf(document, options);
      const isSameText = article.hash === record.contentHash;
      await client.recordCorrection({
        ...fields, correctedAt: {seconds: BigInt(seconds), nanos: 0},
        ...(isSameText ? {article: {title: article.title, body: article.body.text}} : {}),
      }, `payload-${idempotencyKey}`);
    }
    return {output: {}};
  };
  return {slug: CORRECT, inputSchema, retries: retriesOf(settings), handler};
}

function retriesOf({retrySeconds}: Settings): Task['retries'] {
  return {attempts: ATTEMPTS, backoff: {type: 'exponential', delay: retrySeconds * 1000}};
}
