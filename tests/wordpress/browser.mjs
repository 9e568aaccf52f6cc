// A browser on a site of the tests, and what an editor does in it.
import { chromium } from 'playwright-core';
import fs from 'node:fs';
import path from 'node:path';

const executablePath = [ '/usr/bin/chromium', '/usr/bin/chromium-browser' ].find( fs.existsSync );

export async function open( { url, user = 'admin', width = 1400, height = 1000 } ) {
	const browser = await chromium.launch( { executablePath, args: [ '--no-sandbox' ] } );
	const page = await browser.newPage( { viewport: { width, height } } );
	const problems = [];
	page.on( 'pageerror', ( error ) => problems.push( String( error ) ) );
	page.on( 'dialog', ( dialog ) => {
		// An alert is what a hostile text would raise; leaving a page with changes asks, too.
		if ( dialog.type() === 'alert' ) {
			problems.push( `alert: ${ dialog.message() }` );
		}
		dialog.accept();
	} );
	page.setDefaultTimeout( 30_000 );
	await page.goto( `${ url }/wp-login.php` );
	await page.fill( '#user_login', user );
	await page.fill( '#user_pass', 'password' );
	await Promise.all( [ page.waitForNavigation(), page.click( '#wp-submit' ) ] );
	return { browser, page, problems, url };
}

/** The frame that blocks are edited in: the page itself, or an iframe in it. */
export async function canvas( page ) {
	await page.waitForSelector( '.editor-post-title__input, iframe[name="editor-canvas"]' );
	const frame = await page.$( 'iframe[name="editor-canvas"]' );
	return frame ? frame.contentFrame() : page;
}

/** Opens the block editor, without its greeting and out of full screen. */
export async function edit( { page, url }, where = 'post-new.php' ) {
	await page.goto( `${ url }/wp-admin/${ where }` );
	await page.waitForFunction( () => window.wp?.data?.select( 'core/editor' )?.getCurrentPostId() );
	await page.evaluate( () => {
		for ( const scope of [ 'core/edit-post', 'core' ] ) {
			window.wp.data.dispatch( 'core/preferences' ).set( scope, 'welcomeGuide', false );
			window.wp.data.dispatch( 'core/preferences' ).set( scope, 'fullscreenMode', false );
		}
	} );
	await openPanel( { page } );
}

export async function openPanel( { page } ) {
	await page.evaluate( () => window.wp.data.dispatch( 'core/edit-post' ).openGeneralSidebar( 'edit-post/document' ) );
	await page.waitForSelector( '.rubricator-panel' );
	const toggle = page.locator( '.rubricator-panel .components-panel__body-toggle' );
	if ( ( await toggle.getAttribute( 'aria-expanded' ) ) === 'false' ) {
		await toggle.click();
	}
}

export async function write( { page }, title, paragraphs ) {
	const frame = await canvas( page );
	const field = frame.locator( '.editor-post-title__input' );
	await field.click();
	await page.keyboard.insertText( title );
	for ( const paragraph of paragraphs ) {
		await page.keyboard.press( 'Enter' );
		await page.keyboard.insertText( paragraph );
	}
}

/** Saves as the button does, and shows the panel again: writing had put the block's settings in its place. */
export async function save( { page } ) {
	await page.evaluate( () => window.wp.data.dispatch( 'core/editor' ).savePost() );
	await openPanel( { page } );
}

/** Waits until the panel shows the analysis of the text as it was saved last. */
export async function classified( { page } ) {
	await page.waitForFunction( () => {
		const editor = window.wp.data.select( 'core/editor' );
		const { state } = window.wp.data.select( 'rubricator' ).getPost( Number( editor.getCurrentPostId() ) );
		return state && ! state.job && state.analysis?.isOfThisText && ! editor.isSavingPost();
	} );
	await page.waitForFunction( () => ! document.querySelector( '.rubricator-status .components-spinner' ) );
}

export function label( { page }, kind, id ) {
	return page.locator( `.rubricator-kind[data-kind="${ kind }"] [data-label="${ id }"]` );
}

/** The labels of a kind as "id:provenance", sorted. */
export async function labels( { page }, kind ) {
	return page.$$eval( `.rubricator-kind[data-kind="${ kind }"] .rubricator-label`, ( pills ) =>
		pills.map( ( pill ) => `${ pill.dataset.label }:${ pill.className.match( /is-(\w+)/ )[ 1 ] }` ).sort()
	);
}

export async function screenshot( { page }, name ) {
	if ( process.env.SCREENSHOTS ) {
		await page.screenshot( { path: path.join( process.env.SCREENSHOTS, `${ name }.png` ) } );
	}
}
