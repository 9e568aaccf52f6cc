// Scenario 1: an editor writes about a bilateral meeting, saves, judges, and saves again.
import assert from 'node:assert/strict';
import { canvas, classified, edit, label, labels, open, save, screenshot, write } from './browser.mjs';

const { url, title, paragraphs } = JSON.parse( process.argv[ 2 ] );
const site = await open( { url } );
const { page } = site;

try {
	await edit( site );
	await write( site, title, paragraphs );
	await save( site );
	await classified( site );
	assert.deepEqual( await labels( site, 'topic' ), [
		'foreign_policy:auto', 'humanitarian_cooperation:auto', 'security:auto',
	] );
	assert.deepEqual( await labels( site, 'region' ), [ 'KG:auto', 'RU:auto' ] );
	assert.ok( ( await labels( site, 'desk' ) ).includes( 'diplomacy:auto' ) );

	// Why: the words are marked in the blocks.
	await label( site, 'region', 'KG' ).locator( '.rubricator-label__name' ).click();
	const frame = await canvas( page );
	await frame.waitForFunction( () => CSS.highlights.get( 'rubricator-evidence' )?.size > 0 );
	const marked = await frame.evaluate( () =>
		[ ...CSS.highlights.get( 'rubricator-evidence' ) ].map( ( range ) => range.toString() )
	);
	assert.ok( marked.length >= 2 && marked.every( ( text ) => /кирг|бишкек|баткен|иссык/i.test( text ) ), String( marked ) );
	await screenshot( site, 'panel' );

	await label( site, 'topic', 'foreign_policy' ).locator( '.rubricator-label__yes' ).click();
	await label( site, 'topic', 'security' ).locator( '.rubricator-label__no' ).click();
	const add = page.locator( '.rubricator-kind[data-kind="topic"] .components-combobox-control__input' );
	await add.click();
	await add.fill( 'Cult' );
	await page.locator( '.components-form-token-field__suggestion', { hasText: 'Culture' } ).click();
	await page.locator( '.rubricator-label.is-manual' ).waitFor();
	await page.waitForFunction( () => ! document.querySelector( '.rubricator-label .components-spinner' ) );
	const judged = await labels( site, 'topic' );
	assert.equal( judged.filter( ( each ) => each === 'foreign_policy:accepted' ).length, 1, String( judged ) );
	assert.equal( judged.filter( ( each ) => each === 'security:rejected' ).length, 1, String( judged ) );

	// Two more saves of changed text: the rejected stays away, the manual stays.
	for ( const more of [ 'Стороны договорились продолжить консультации.', 'Подписано совместное заявление.' ] ) {
		await frame.locator( '[data-type="core/paragraph"]' ).last().click();
		await page.keyboard.press( 'Control+End' );
		await page.keyboard.press( 'Enter' );
		await page.keyboard.insertText( more );
		await save( site );
		await classified( site );
		assert.deepEqual( await labels( site, 'topic' ), judged );
	}
	await screenshot( site, 'panel-judged' );
	assert.deepEqual( site.problems, [] );
	console.log( await page.evaluate( () => window.wp.data.select( 'core/editor' ).getCurrentPostId() ) );
} catch ( error ) {
	await screenshot( site, 'failed' );
	throw error;
} finally {
	await site.browser.close();
}
