// A real Payload with SQLite in a folder of its own, with the plugin and two users.
import {sqliteAdapter} from '@payloadcms/db-sqlite';
import {lexicalEditor} from '@payloadcms/richtext-lexical';
import {rubricator} from '@rubricator/payload';
import {buildConfig, getPayload} from 'payload';

const signedIn = ({req}) => Boolean(req.user);

/** `options` go to the plugin, `more` into Payload's configuration. */
export const configOf = (folder, options, more = {}) => buildConfig({
  secret: 'of the test alone',
  db: sqliteAdapter({client: {url: `file:${folder}/site.db`}, transactionOptions: {}}),
  editor: lexicalEditor(),
  telemetry: false,
  typescript: {autoGenerate: false},
  collections: [
    {slug: 'users', auth: true, fields: []},
    {
      slug: 'posts',
      versions: {drafts: true},
      access: {
        create: signedIn, read: signedIn,
        update: ({req}) => req.user?.email === 'editor@example.org',
      },
      fields: [{name: 'title', type: 'text'}, {name: 'content', type: 'richText'}],
    },
  ],
  plugins: [rubricator({collections: {posts: {}}, retrySeconds: 0, ...options})],
  ...more,
});

/** A running site, without the admin's pages. */
export async function startSite(folder, options) {
  const payload = await getPayload({config: await configOf(folder, options)});
  for (const name of ['editor', 'reader']) {
    await payload.create({collection: 'users', data: {email: `${name}@example.org`, password: 'of the test alone'}});
  }
  return payload;
}

/** Lexical's state of paragraphs. */
export const paragraphs = (...texts) => ({root: {type: 'root', version: 1, direction: null, format: '', indent: 0, children: texts.map(
  (text) => ({type: 'paragraph', version: 1, direction: null, format: '', indent: 0, textFormat: 0, textStyle: '', children: [
    {type: 'text', version: 1, text, detail: 0, format: 0, mode: 'normal', style: ''}]}))}});
