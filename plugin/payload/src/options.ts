import type {ClientOptions} from '@rubricator/client';
import type {Kind, Mode} from '@rubricator/editorial';

/** What the machine may do with labels of one kind. */
export interface KindOptions {
  /** Default: "apply". */
  mode?: Mode;
  /** Least confidence, in [0, 1], at which a label is set and not only suggested. Default: 0.5. */
  threshold?: number;
}

/** Where a collection keeps its articles. */
export interface CollectionOptions {
  /** Name of a text field; default: "title". */
  title?: string;
  /** Name of a text, textarea or rich text (Lexical) field; default: "content". */
  body?: string;
}

export interface RubricatorOptions {
  /** The server: "127.0.0.1:50051". */
  target: string;
  client?: ClientOptions;
  /** By slug. */
  collections: Record<string, CollectionOptions>;
  kinds?: Partial<Record<Kind, KindOptions>>;
  /** Seconds before the first retry when the server cannot be reached; each next one waits twice as long. Default: 5. */
  retrySeconds?: number;
}

export interface Settings {
  target: string;
  client: ClientOptions;
  collections: Record<string, Required<CollectionOptions>>;
  kinds: Record<Kind, Required<KindOptions>>;
  retrySeconds: number;
}

const kind = ({mode = 'apply', threshold = 0.5}: KindOptions = {}): Required<KindOptions> => ({mode, threshold});

/** Throws for a threshold out of range: the site's own mistake, best seen at its start. */
export function settingsOf({target, client = {}, collections, kinds = {}, retrySeconds = 5}: RubricatorOptions): Settings {
  const settings = {
    target, client, retrySeconds,
    collections: Object.fromEntries(Object.entries(collections).map(
        ([slug, {title = 'title', body = 'content'}]) => [slug, {title, body}])),
    kinds: {topics: kind(kinds.topics), regions: kind(kinds.regions), desks: kind(kinds.desks)},
  };
  for (const [name, {threshold}] of Object.entries(settings.kinds)) {
    if (!(threshold >= 0 && threshold <= 1)) throw new RangeError(`kinds.${name}.threshold is ${threshold}; range is 0 to 1`);
  }
  return settings;
}
