// The packed and installed client against the server at RUBRICATOR_TARGET.
import {Outcome, RegionRole, RubricatorClient, RubricatorError} from '@rubricator/client';
import assert from 'node:assert/strict';
import {createServer} from 'node:net';
import {after, test} from 'node:test';

const client = new RubricatorClient(process.env.RUBRICATOR_TARGET, {timeoutMs: 30_000});
after(() => client.close());

const MEETING = {
  id: '1', title: '😀 Переговоры в Астане',
  body: 'Президенты Казахстана и Китая встретились в Астане и договорились о совместном патрулировании границы и учениях, ' +
      'об открытии культурного центра и о стипендиях для студентов. Министры иностранных дел подписали декларацию.',
};
const BLANK = {id: '2', body: ' '};

test('classifies with evidence that fits JavaScript strings', async () => {
  const analysis = await client.classify(MEETING, {includeEvidence: true});
  assert.equal(analysis.outcome, Outcome.CLASSIFIED);
  assert.deepEqual(analysis.regions.filter(({role}) => role === RegionRole.FOCUS).map(({code}) => code).sort(), ['CN', 'KZ']);
  assert.ok(analysis.topics.some(({id}) => id === 'foreign_policy'));
  const [first] = analysis.regions.find(({code}) => code === 'KZ').evidence;
  assert.equal(MEETING.title.slice(first.begin, first.end), 'Астане');
});

test('a batch keeps its order and a bad article fails alone', async () => {
  const [good, bad, last] = await client.classifyBatch([MEETING, BLANK, {...MEETING, id: '3'}]);
  assert.equal(good.analysis.articleId, '1');
  assert.equal(bad.error.code, 'INVALID_ARGUMENT');
  assert.deepEqual(bad.error.fields.map(({field}) => field), ['article.body']);
  assert.equal(last.articleId, '3');
});

test('a stream of a thousand comes back in order', async () => {
  async function* articles() {
    for (let i = 0; i < 1000; ++i) yield i % 10 === 3 ? {...BLANK, id: `${i}`} : {...MEETING, id: `${i}`};
  }
  let count = 0;
  for await (const {articleId, analysis, error} of client.classifyStream(articles())) {
    assert.equal(articleId, `${count}`);
    assert.equal(count % 10 === 3 ? error.code : analysis.outcome, count % 10 === 3 ? 'INVALID_ARGUMENT' : Outcome.CLASSIFIED);
    count += 1;
  }
  assert.equal(count, 1000);
});

test('a stream that is left early ends, and one whose articles throw says so', async () => {
  for await (const {articleId} of client.classifyStream(Array(100).fill(MEETING))) {
    assert.equal(articleId, '1');
    break;
  }
  function* broken() {
    yield MEETING;
    throw new Error('the archive is gone');
  }
  await assert.rejects(async () => { for await (const _ of client.classifyStream(broken())); }, /the archive is gone/);
});

test('an error names code and field', async () => {
  await assert.rejects(client.classify(BLANK), (error) => {
    assert.ok(error instanceof RubricatorError);
    assert.equal(error.code, 'INVALID_ARGUMENT');
    assert.deepEqual(error.fields.map(({field}) => field), ['article.body']);
    assert.equal(error.isTransient, false);
    return true;
  });
});

test('a signal ends a call', async () => {
  const signal = AbortSignal.abort();
  await assert.rejects(client.classify(MEETING, {}, {signal}), {code: 'CANCELLED'});
  await assert.rejects(async () => { for await (const _ of client.classifyStream([MEETING], {}, {signal})); },
      {code: 'CANCELLED'});
});

test('a server that is not there, or never answers', async () => {
  const nobody = new RubricatorClient('127.0.0.1:1', {maxAttempts: 1});
  await assert.rejects(nobody.classify(MEETING), {code: 'UNAVAILABLE', isTransient: true});
  nobody.close();
  const sockets = [];
  const silent = createServer((socket) => sockets.push(socket)).listen(0, '127.0.0.1');
  await new Promise((resolve) => silent.once('listening', resolve));
  const waiting = new RubricatorClient(`127.0.0.1:${silent.address().port}`, {timeoutMs: 50});
  await assert.rejects(waiting.classify(MEETING), {code: 'DEADLINE_EXCEEDED'});
  waiting.close();
  for (const socket of sockets) socket.destroy();
  silent.close();
});

test('a token is not sent over the network in the clear', () => {
  assert.throws(() => new RubricatorClient('news.example:50051', {token: 'secret'}), /a token needs TLS/);
  new RubricatorClient('localhost:50051', {token: 'secret'}).close();
});

test('routing and model', async () => {
  const preview = await client.previewRouting(MEETING);
  assert.ok(preview.desks.length > 0);
  assert.ok(preview.decisions.every(({reason}) => reason.length > 0));
  assert.match((await client.model()).version, /^\d{4}-\d\d-\d\d\.\d+$/);
  await assert.rejects(client.model('1999-01-01.1'), {code: 'NOT_FOUND'});
});
