import {afterVerdict, type Kind, KINDS} from '@rubricator/editorial';
import {APIError, type Endpoint, type PayloadRequest} from 'payload';

import {OWN_WRITE} from './own_write.js';
import {decisionsOf, recordOf, withDecisions} from './record.js';
import {CLASSIFY, CORRECT, enqueue} from './tasks.js';

interface Verdict {kind: Kind, label: string, yes: boolean}

const MAX_LABEL_LENGTH = 64;

function verdictOf(value: unknown): Verdict {
  const {kind, label, yes} = (value ?? {}) as Record<string, unknown>;
  if (!KINDS.includes(kind as Kind)) throw new APIError(`kind is one of ${KINDS.join(', ')}`, 400);
  if (typeof label !== 'string' || label === '' || label.length > MAX_LABEL_LENGTH) {
    throw new APIError(`label is a text of 1 to ${MAX_LABEL_LENGTH} characters`, 400);
  }
  if (typeof yes !== 'boolean') throw new APIError('yes is true or false', 400);
  return {kind: kind as Kind, label, yes};
}

/** The document as its editor may change it. Throws Forbidden or NotFound as Payload does. */
async function editable(req: PayloadRequest, collection: string): Promise<Record<string, unknown> & {id: number | string}> {
  const id = req.routeParams?.['id'] as string;
  const document = await req.payload.findByID({collection, id, depth: 0, draft: true, overrideAccess: false, req});
  return document as Record<string, unknown> & {id: number | string};
}

/** POST /api/COLLECTION/ID/rubricator/verdict with {kind, label, yes}: an editor accepts or rejects a label. */
const verdict = (collection: string): Endpoint => ({
  path: '/:id/rubricator/verdict',
  method: 'post',
  handler: async (req) => {
    const {kind, label, yes} = verdictOf(await req.json?.());
    const document = await editable(req, collection);
    const record = recordOf(document);
    const decisions = decisionsOf(record);
    const judged = {...decisions, [kind]: afterVerdict(decisions[kind], label, yes, String(req.user?.id ?? ''), new Date().toISOString())};
    // overrideAccess: false, so that whoever may not change the document may not judge its labels.
    const changed = await req.payload.update({
      collection, id: document.id, depth: 0, overrideAccess: false, req, context: OWN_WRITE,
      draft: document['_status'] === 'draft', data: {rubricator: {...record, ...withDecisions(judged)}},
    });
    if (record.analysis) await enqueue(req, CORRECT, collection, document.id);
    return Response.json({rubricator: recordOf(changed)});
  },
});

/** POST /api/COLLECTION/ID/rubricator/classify: queues the document, as a save does. */
const classify = (collection: string): Endpoint => ({
  path: '/:id/rubricator/classify',
  method: 'post',
  handler: async (req) => {
    if (!req.user) throw new APIError('log in first', 401);
    const document = await editable(req, collection);
    await enqueue(req, CLASSIFY, collection, document.id);
    return Response.json({queued: true}, {status: 202});
  },
});

export const rubricatorEndpoints = (collection: string): Endpoint[] => [verdict(collection), classify(collection)];
