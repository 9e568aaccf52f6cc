// Texts that would raise an alert if a page took them for markup, on every page that shows them.
import assert from 'node:assert/strict';
import { edit, label, open } from './browser.mjs';

const { url, post } = JSON.parse( process.argv[ 2 ] );
const site = await open( { url } );
const { page } = site;
try {
	for ( const where of [
		'index.php',
		'edit.php',
		'options-general.php?page=rubricator',
		`post.php?post=${ post }&action=edit&rubricator_classic=1`,
	] ) {
		await page.goto( `${ url }/wp-admin/${ where }` );
		await page.waitForLoadState( 'networkidle' );
	}
	await page.waitForSelector( '#rubricator-labels .rubricator-label' );
	await edit( site, `post.php?post=${ post }&action=edit` );
	await label( site, 'topic', 'security' ).waitFor();
	assert.match( await label( site, 'topic', 'security' ).textContent(), /<img src=x onerror=alert\(3\)>/ );
	for ( const name of await page.locator( '.rubricator-panel button.rubricator-label__name' ).all() ) {
		await name.click();
	}
	const desk = page.locator( '.rubricator-kind[data-kind="desk"]' );
	await desk.locator( 'button.rubricator-label__name' ).first().click();
	await page.locator( '.rubricator-routings summary' ).click();
	// The block's own picture may fail to load; what matters is that no script of these texts ran in the panel.
	const alerts = site.problems.filter( ( problem ) => ! /alert: 2/.test( problem ) );
	assert.deepEqual( alerts, [] );
} finally {
	await site.browser.close();
}
