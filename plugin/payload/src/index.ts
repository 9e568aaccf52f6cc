import {RubricatorClient} from '@rubricator/client';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import type {CollectionConfig, Config, Plugin, TaskConfig} from 'payload';

import {rubricatorEndpoints} from './endpoints.js';
import {rubricatorFields} from './fields.js';
import {queueJobs, recordEdits} from './hooks.js';
import {type RubricatorOptions, settingsOf} from './options.js';
import {classifyTask, correctTask} from './tasks.js';

export {queueUntagged} from './bulk.js';
export type {CollectionOptions, KindOptions, RubricatorOptions} from './options.js';
export type {DecisionsByKind, RubricatorRecord, StoredAnalysis} from './record.js';
export {CLASSIFY, CORRECT, QUEUE} from './tasks.js';

// Not `new URL(…, import.meta.url)`, which bundlers take for an asset.
const BULK_SCRIPT = join(dirname(fileURLToPath(import.meta.url)), 'bulk.js');

/**
 * Tags articles on save, by Payload's own jobs: add `jobs.autoRun` for the queue "rubricator", or run it from outside.
 * Throws for a collection that is not there and for settings out of range.
 */
export const rubricator = (options: RubricatorOptions): Plugin => (config: Config): Config => {
  const settings = settingsOf(options);
  const client = new RubricatorClient(settings.target, settings.client);
  for (const slug of Object.keys(settings.collections)) {
    if (!config.collections?.some((collection) => collection.slug === slug)) {
      throw new Error(`rubricator: there is no collection "${slug}"`);
    }
  }
  return {
    ...config,
    collections: config.collections?.map((collection): CollectionConfig => {
      const own = settings.collections[collection.slug];
      if (!own) return collection;
      return {
        ...collection,
        fields: [...collection.fields, rubricatorFields],
        endpoints: [...(collection.endpoints || []), ...rubricatorEndpoints(collection.slug)],
        hooks: {
          ...collection.hooks,
          beforeChange: [...(collection.hooks?.beforeChange ?? []), recordEdits],
          afterChange: [...(collection.hooks?.afterChange ?? []), queueJobs(collection.slug, own)],
        },
      };
    }),
    jobs: {
      ...config.jobs,
      tasks: [...(config.jobs?.tasks ?? []), classifyTask(client, settings) as TaskConfig, correctTask(client, settings) as TaskConfig],
    },
    bin: [...(config.bin ?? []), {key: 'rubricator', scriptPath: BULK_SCRIPT}],
    custom: {...config.custom, rubricator: Object.keys(settings.collections)},
  };
};
