import type {Payload, SanitizedConfig} from 'payload';
import {getPayload} from 'payload';

import {QUEUE} from './tasks.js';

const PAGE = 200;

/** Queues every document of the collections that has no answer yet. Returns how many. */
export async function queueUntagged(payload: Payload, collections: readonly string[]): Promise<number> {
  let count = 0;
  for (const collection of collections) {
    for (let page = 1, more = true; more; ++page) {
      const found = await payload.find({collection, page, limit: PAGE, depth: 0, draft: true, sort: 'id', select: {},
        where: {'rubricator.contentHash': {exists: false}}});
      for (const {id} of found.docs) {
        await payload.jobs.queue({task: 'rubricatorClassify', queue: QUEUE, input: {collection, id: JSON.stringify(id)}} as
          unknown as Parameters<Payload['jobs']['queue']>[0]);
        count += 1;
      }
      more = found.hasNextPage;
    }
  }
  return count;
}

/** `payload rubricator`: tags what has no labels yet, and says how far it came. Stop it and start it again as you like. */
export async function script(config: SanitizedConfig): Promise<void> {
  const payload = await getPayload({config});
  const collections = config.custom?.['rubricator'] as readonly string[];
  const count = await queueUntagged(payload, collections);
  console.log(`${count} documents queued`);
  for (let left = count; left > 0;) {
    const {remainingJobsFromQueried, noJobsRemaining} = await payload.jobs.run({queue: QUEUE, limit: PAGE});
    if (noJobsRemaining || remainingJobsFromQueried > 0) break; // what is left waits for its retry
    left = Math.max(0, left - PAGE);
    console.log(`${count - left} of ${count} done`);
  }
  await payload.destroy();
}
