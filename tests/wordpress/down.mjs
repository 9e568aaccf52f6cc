// Scenario 2, first half: the server is away. The save ends as ever, the panel says so, and the post is queued.
import assert from 'node:assert/strict';
import { edit, open, save, screenshot, write } from './browser.mjs';

const { url, title, paragraphs } = JSON.parse( process.argv[ 2 ] );
const site = await open( { url, user: 'ed' } );
const { page } = site;
try {
	await edit( site );
	await write( site, title, paragraphs );
	await save( site );
	assert.equal( await page.evaluate( () => window.wp.data.select( 'core/editor' ).didPostSaveRequestSucceed() ), true );
	const notice = page.locator( '.rubricator-status.is-warning' );
	await notice.waitFor();
	assert.match( await notice.textContent(), /Saved, and queued/ );
	await screenshot( site, 'panel-down' );
	assert.deepEqual( site.problems, [] );
	console.log( await page.evaluate( () => window.wp.data.select( 'core/editor' ).getCurrentPostId() ) );
} finally {
	await site.browser.close();
}
