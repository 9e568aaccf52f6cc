// Pictures for docs/wordpress.md, of a site in the language of its users.
import path from 'node:path';
import { edit, label, open } from './browser.mjs';

const { url, post, folder, language } = JSON.parse( process.argv[ 2 ] );
const site = await open( { url, width: 1280, height: 900 } );
const { page } = site;
const picture = ( name, options = {} ) =>
	page.screenshot( { path: path.join( folder, `wordpress-${ name }-${ language }.png` ), ...options } );
try {
	await edit( site, `post.php?post=${ post }&action=edit` );
	await label( site, 'topic', 'security' ).waitFor();
	await label( site, 'topic', 'security' ).locator( '.rubricator-label__name' ).click();
	await page.locator( '.rubricator-kind[data-kind="desk"]' ).scrollIntoViewIfNeeded();
	await page.locator( '.rubricator-panel' ).scrollIntoViewIfNeeded();
	await page.evaluate( () => document.querySelector( '.rubricator-panel' ).scrollIntoView() );
	await picture( 'panel' );

	await page.goto( `${ url }/wp-admin/post.php?post=${ post }&action=edit&rubricator_classic=1` );
	await page.waitForSelector( '#rubricator-labels .rubricator-label' );
	await picture( 'metabox' );

	await page.goto( `${ url }/wp-admin/options-general.php?page=rubricator` );
	await page.click( '#rubricator-test' );
	await page.waitForSelector( '#rubricator-test-result.is-good, #rubricator-test-result.is-bad' );
	await picture( 'settings', { fullPage: true } );

	await page.goto( `${ url }/wp-admin/edit.php` );
	await picture( 'list' );

	await page.goto( `${ url }/wp-admin/` );
	await page.waitForSelector( '#rubricator' );
	await page.locator( '#rubricator' ).screenshot( { path: path.join( folder, `wordpress-dashboard-${ language }.png` ) } );
} finally {
	await site.browser.close();
}
