// The plugin in a real Payload, against the server at RUBRICATOR_TARGET.
import {CLASSIFY, QUEUE, queueUntagged} from '@rubricator/payload';
import {RubricatorClient} from '@rubricator/client';
import assert from 'node:assert/strict';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, beforeEach, test} from 'node:test';
import {handleEndpoints} from 'payload';

import {Line} from './line.mjs';
import {paragraphs, startSite} from './site.mjs';

const TARGET = process.env.RUBRICATOR_TARGET;
const TITLE = 'Президенты Казахстана и Китая провели переговоры в Астане';
const CONTENT = paragraphs(
    'Главы государств договорились о совместном патрулировании границы и военных учениях.',
    'Открывается культурный центр, студентам дадут стипендии.',
    'Министры иностранных дел подписали декларацию о дипломатических отношениях.');

const MOST_TRIES = 100;

let payload;
let folder;
let editor;
let line;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rubricator-payload-'));
  line = await Line.to(TARGET);
  payload = await startSite(folder, {target: line.target, client: {timeoutMs: 30_000, maxAttempts: 1}});
  editor = (await payload.find({collection: 'users', where: {email: {equals: 'editor@example.org'}}})).docs[0];
});
after(async () => {
  await payload.destroy();
  line.close();
  await rm(folder, {recursive: true});
});
beforeEach(async () => {
  await payload.delete({collection: 'payload-jobs', where: {id: {exists: true}}});
});

const jobs = async () => (await payload.find({collection: 'payload-jobs', limit: 100, sort: 'createdAt'})).docs;
const work = () => payload.jobs.run({queue: QUEUE, limit: 100, sequential: true});
const create = (data = {}) => payload.create({collection: 'posts', user: editor, data: {title: TITLE, content: CONTENT, ...data}});
const read = (id) => payload.findByID({collection: 'posts', id, draft: true, depth: 0});
const save = (id, data, more = {}) => payload.update({collection: 'posts', id, user: editor, overrideAccess: false, data, ...more});
const provenance = ({rubricator}, kind, label) => rubricator.decisions[kind][label]?.provenance;

async function tagged(data) {
  const {id} = await create(data);
  await work();
  return read(id);
}

async function request(path, body, user = editor) {
  const {token} = await payload.login({collection: 'users', data: {email: user.email ?? user, password: 'of the test alone'}});
  return handleEndpoints({config: payload.config, request: new Request(`http://localhost/api${path}`, {
    method: 'POST', body: JSON.stringify(body), headers: {'Content-Type': 'application/json', Authorization: `JWT ${token}`}})});
}

test('a save queues one job and calls nobody; the job sets the labels', async () => {
  const {id, rubricator} = await create();
  assert.deepEqual(rubricator.topics ?? [], []);
  assert.deepEqual((await jobs()).map(({taskSlug, input}) => [taskSlug, input.collection]), [[CLASSIFY, 'posts']]);
  await work();
  const post = await read(id);
  assert.deepEqual([...post.rubricator.regions].sort(), ['CN', 'KZ']);
  assert.ok(post.rubricator.topics.includes('foreign_policy'));
  assert.ok(post.rubricator.desks.length > 0);
  assert.equal(provenance(post, 'topics', 'foreign_policy'), 'auto');
  const [first] = post.rubricator.analysis.labels.regions.KZ.evidence;
  assert.equal(TITLE.slice(first.begin, first.end), 'Казахстана');
});

test('text that did not change costs nothing; a blank post neither', async () => {
  const post = await tagged();
  await payload.delete({collection: 'payload-jobs', where: {id: {exists: true}}});
  await save(post.id, {title: TITLE});
  assert.equal((await jobs()).length, 0);
  await create({title: ' ', content: paragraphs('')});
  assert.equal((await jobs()).length, 0);
  await save(post.id, {title: `${TITLE}, сообщила пресс-служба`});
  assert.equal((await jobs()).length, 1);
});

test('a label removed by hand stays away, one set by hand stays', async () => {
  const post = await tagged();
  const topics = [...post.rubricator.topics.filter((topic) => topic !== 'foreign_policy'), 'sport'];
  await save(post.id, {rubricator: {...post.rubricator, topics}});
  await save(post.id, {title: `${TITLE} сегодня`});
  await work();
  const later = await read(post.id);
  assert.ok(!later.rubricator.topics.includes('foreign_policy'));
  assert.ok(later.rubricator.topics.includes('sport'));
  assert.equal(provenance(later, 'topics', 'foreign_policy'), 'rejected');
  assert.equal(provenance(later, 'topics', 'sport'), 'manual');
});

test('a form that was open while the labels came takes none of them away', async () => {
  const {id, rubricator: formAsOpened} = await create();
  await work();
  await save(id, {title: TITLE, rubricator: {...formAsOpened, topics: ['culture']}});
  const post = await read(id);
  assert.ok(post.rubricator.topics.includes('foreign_policy'));
  assert.equal(provenance(post, 'topics', 'culture') === 'manual' || provenance(post, 'topics', 'culture') === 'accepted', true);
});

test('with the server down saving goes on, and the labels come when it is back', async () => {
  line.cut();
  const {id} = await create({title: `${TITLE} при выключенном сервере`});
  await work();
  assert.deepEqual((await read(id)).rubricator.topics ?? [], []);
  assert.equal((await jobs()).length, 1);
  line.mend();
  let post = await read(id);
  // Payload deletes a job when it is done; gRPC takes a moment to connect again.
  for (let i = 0; i < MOST_TRIES && (await jobs()).length > 0; ++i) {
    await payload.update({collection: 'payload-jobs', where: {id: {exists: true}}, data: {waitUntil: null}});
    await work();
    post = await read(id);
  }
  assert.ok(post.rubricator.topics.includes('foreign_policy'));
});

test('what the plugin keeps for itself cannot be written from outside', async () => {
  const post = await tagged();
  await save(post.id, {rubricator: {decisions: {topics: {sport: {provenance: 'accepted'}}}, contentHash: 'forged', problem: '<b>'}});
  const later = await read(post.id);
  assert.equal(provenance(later, 'topics', 'sport'), undefined);
  assert.equal(later.rubricator.contentHash, post.rubricator.contentHash);
});

test('verdicts by the endpoint, and who may give them', async () => {
  const post = await tagged();
  const path = `/posts/${post.id}/rubricator/verdict`;
  assert.equal((await request(path, {kind: 'topics', label: 'security', yes: false})).status, 200);
  const later = await read(post.id);
  assert.equal(provenance(later, 'topics', 'security'), 'rejected');
  assert.ok(!later.rubricator.topics.includes('security'));
  assert.equal((await request(path, {kind: 'topics', label: 'foreign_policy', yes: true})).status, 200);
  assert.equal(provenance(await read(post.id), 'topics', 'foreign_policy'), 'accepted');
  assert.equal((await request(path, {kind: 'topics', label: 'foreign_policy', yes: false}, 'reader@example.org')).status, 403);
  assert.equal(provenance(await read(post.id), 'topics', 'foreign_policy'), 'accepted');
  for (const bad of [{}, {kind: 'x', label: 'a', yes: true}, {kind: 'topics', label: 'a'.repeat(65), yes: true},
    {kind: 'topics', label: 'a', yes: 'no'}]) {
    assert.equal((await request(path, bad)).status, 400);
  }
  assert.equal((await request('/posts/99999/rubricator/verdict', {kind: 'topics', label: 'a', yes: true})).status, 404);
});

test('a decision is sent as a correction, once', async (t) => {
  const server = new RubricatorClient(TARGET);
  t.after(() => server.close());
  const post = await tagged();
  await request(`/posts/${post.id}/rubricator/verdict`, {kind: 'topics', label: 'security', yes: false});
  await request(`/posts/${post.id}/rubricator/classify`, {});
  await work();
  assert.ok((await jobs()).every(({hasError}) => !hasError), JSON.stringify((await jobs()).map(({log}) => log)));
  const {CorrectionService} = await import(new URL('./stubs/rubricator/v1/correction_service_pb.js', import.meta.resolve('@rubricator/client')));
  const {corrections} = await server.call(CorrectionService, CorrectionService.method.listCorrections, {pageSize: 1000});
  const own = corrections.filter(({articleSha256}) => articleSha256 === post.rubricator.contentHash)
      .filter(({corrected, given}) => given.topics.includes('security') && !corrected.topics.includes('security'));
  assert.ok(own.length >= 1);
  assert.equal(own.at(-1).editor, String(editor.id));
  assert.equal(own.at(-1).modelVersion, post.rubricator.analysis.modelVersion);
});

test('a post that the server refuses says why and is not tried again', async () => {
  const post = await tagged({title: 'x'.repeat(5000)});
  assert.match(post.rubricator.problem, /article\.title: is 5000 bytes; limit is 4096/);
  await save(post.id, {title: TITLE});
  await work();
  const mended = await read(post.id);
  assert.equal(mended.rubricator.problem, '');
  assert.ok(mended.rubricator.topics.length > 0);
});

test('drafts stay drafts, published posts stay published', async () => {
  assert.equal((await tagged({_status: 'draft'}))._status, 'draft');
  const published = await tagged({_status: 'published'});
  assert.equal(published._status, 'published');
  const live = await payload.findByID({collection: 'posts', id: published.id, depth: 0});
  assert.ok(live.rubricator.topics.length > 0);
});

test('the archive: what has no labels is queued, and nothing else', async () => {
  await tagged();
  await create({title: `${TITLE} снова`});
  await payload.delete({collection: 'payload-jobs', where: {id: {exists: true}}});
  const count = await queueUntagged(payload, ['posts']);
  assert.ok(count >= 1);
  await work();
  assert.equal(await queueUntagged(payload, ['posts']), (await payload.find({collection: 'posts', where: {title: {equals: ' '}}})).totalDocs);
});
