import {blocksText, contentHash, correctionOf, lexicalText, MAX_ATTEMPTS, nodeSpans, retryDelayMs} from '@rubricator/editorial';
import assert from 'node:assert/strict';
import {test} from 'node:test';

const text = (value, more = {}) => ({type: 'text', text: value, ...more});

test('Lexical: paragraphs are lines, words split by formatting stay whole, offsets lead back', () => {
  const plain = lexicalText({root: {type: 'root', children: [
    {type: 'heading', children: [text('Встреча в '), text('Аста', {format: 1}), text('не')]},
    {type: 'paragraph', children: [text('Первая 😀'), {type: 'linebreak'}, {type: 'link', children: [text('вторая')]}]},
    {type: 'list', children: [{type: 'listitem', children: [text('пункт')]}]},
    {type: 'upload', value: 7},
    {type: 'paragraph', children: []},
  ]}});
  assert.equal(plain.text, 'Встреча в Астане\nПервая 😀\nвторая\nпункт');
  const begin = plain.text.indexOf('Астане');
  assert.deepEqual(nodeSpans(plain, begin, begin + 6), [{path: [0, 1], begin: 0, end: 4}, {path: [0, 2], begin: 0, end: 2}]);
  const second = plain.text.indexOf('вторая');
  assert.deepEqual(nodeSpans(plain, second, second + 6), [{path: [1, 2, 0], begin: 0, end: 6}]);
});

test('Strapi: blocks', () => {
  const plain = blocksText([
    {type: 'paragraph', children: [text('Одна строка'), {type: 'link', url: 'x', children: [text(' и ссылка')]}]},
    {type: 'list', format: 'unordered', children: [{type: 'list-item', children: [text('пункт')]}]},
    {type: 'image', image: {}, children: [text('')]},
    {type: 'quote', children: [text('цитата')]},
  ]);
  assert.equal(plain.text, 'Одна строка и ссылка\nпункт\nцитата');
  const begin = plain.text.indexOf('цитата');
  assert.deepEqual(nodeSpans(plain, begin, begin + 6), [{path: [3, 0], begin: 0, end: 6}]);
});

test('what is no rich text has no text', () => {
  for (const nonsense of [null, undefined, 7, 'text', {}, {root: null}, {root: {children: 'x'}}, [null, 3, {children: 5}]]) {
    assert.equal(lexicalText(nonsense).text, '');
    assert.equal(blocksText(nonsense).text, '');
  }
});

test('a correction tells what is left, once for each state', () => {
  const given = {topics: ['security', 'economy'], regions: ['KG'], desks: []};
  const decided = (provenance, decidedAt = '2026-11-20T09:00:00Z') => ({provenance, decidedAt, editor: '7'});
  const none = {topics: {}, regions: {}, desks: {}};
  assert.equal(correctionOf('posts/1', 'hash', '1', given, {...none, topics: {security: {provenance: 'auto'}}}), null);
  const decisions = {...none, topics: {
    security: decided('rejected'), culture: {...decided('manual', '2026-11-20T10:00:00Z'), editor: '8'}, economy: {provenance: 'auto'},
  }};
  const correction = correctionOf('posts/1', 'hash', '1', given, decisions);
  assert.deepEqual(correction.corrected, {topics: ['economy', 'culture'], regions: ['KG'], desks: []});
  assert.equal(correction.editor, '8');
  assert.equal(correctionOf('posts/1', 'hash', '1', given, decisions).idempotencyKey, correction.idempotencyKey);
  assert.notEqual(correctionOf('posts/2', 'hash', '1', given, decisions).idempotencyKey, correction.idempotencyKey);
});

test('the hash is the server\'s: SHA-256 of title, line feed, body', () => {
  assert.equal(contentHash('a', 'b'), '7e18f737311b2dc3b2f269dd78396b0351f14fb66efa879f768cb23181883c78');
});

test('retries wait longer each time, at most an hour', () => {
  const delays = Array.from({length: MAX_ATTEMPTS}, (_, i) => retryDelayMs(i + 1, () => 0.5));
  assert.equal(delays[0], 4750);
  for (let i = 1; i < delays.length; ++i) assert.ok(delays[i] >= delays[i - 1]);
  assert.ok(delays.at(-1) <= 3_600_000);
});
