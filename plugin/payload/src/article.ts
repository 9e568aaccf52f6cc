import {contentHash, lexicalText, type PlainText} from '@rubricator/editorial';

import type {CollectionOptions} from './options.js';

/** What of a document goes to the server. */
export interface ArticleText {
  title: string;
  body: PlainText;
  /** Changes when the server might answer otherwise. */
  hash: string;
}

const textOf = (value: unknown): PlainText =>
  typeof value === 'string' ? {text: value, pieces: [{begin: 0, end: value.length, path: []}]} : lexicalText(value);

export function articleOf(document: Record<string, unknown>, {title, body}: Required<CollectionOptions>): ArticleText {
  const heading = textOf(document[title]).text;
  const text = textOf(document[body]);
  return {title: heading, body: text, hash: contentHash(heading, text.text)};
}

export const isBlank = ({title, body}: ArticleText): boolean => (title + body.text).trim() === '';
