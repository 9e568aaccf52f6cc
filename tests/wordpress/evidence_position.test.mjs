// Where evidence lies in the block editor: plugin/wordpress/assets/editor/evidence-position.js, without a browser.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import test from 'node:test';
import vm from 'node:vm';

const source = new URL( '../../plugin/wordpress/assets/editor/evidence-position.js', import.meta.url );
vm.runInThisContext( fs.readFileSync( source, 'utf8' ) );
const { dense, locate, nearest } = globalThis.rubricatorEvidence;
const textOfHtml = ( html ) => html.replace( /<[^>]*>/g, '' ).replaceAll( '&amp;', '&' );

const paragraph = ( text ) => `<!-- wp:paragraph -->\n<p>${ text }</p>\n<!-- /wp:paragraph -->`;
const cases = [
	{
		name: 'the first block',
		content: `${ paragraph( 'Визит в Бишкек' ) }`,
		want: { block: 0, offset: 6 },
	},
	{
		name: 'a later block, with attributes that hold a comment end in a string',
		content: `<!-- wp:heading {"level":2,"className":"a--\\u003e"} -->\n<h2>Раз</h2>\n<!-- /wp:heading -->\n\n${ paragraph( 'Два <em>в</em> Бишкек' ) }`,
		want: { block: 1, offset: 4 },
	},
	{
		name: 'after an entity',
		content: paragraph( 'A &amp; B, Бишкек' ),
		want: { block: 0, offset: 4 },
	},
	{
		name: 'inside a group',
		content: `<!-- wp:group --><div>${ paragraph( 'Раз' ) }${ paragraph( 'в Бишкек' ) }</div><!-- /wp:group -->`,
		want: { block: 2, offset: 1 },
	},
	{
		name: "a parent's own text after its child",
		content: `<!-- wp:quote --><blockquote>${ paragraph( 'Раз' ) }<cite>мэр Бишкек</cite></blockquote><!-- /wp:quote -->`,
		want: { block: 0, offset: 3 },
	},
	{
		name: 'after a block without content',
		content: `<!-- wp:separator /-->${ paragraph( 'Бишкек' ) }`,
		want: { block: 1, offset: 0 },
	},
	{
		name: 'a classic post',
		content: '<p>Визит в Бишкек</p>',
		want: { block: 0, offset: 6 },
	},
	{
		name: 'classic text between blocks',
		content: `${ paragraph( 'Раз' ) }\n<p>в Бишкек</p>\n${ paragraph( 'Два' ) }`,
		want: { block: 1, offset: 1 },
	},
];

for ( const { name, content, want } of cases ) {
	test( `locates evidence in ${ name }`, () => {
		assert.deepEqual( locate( content, content.indexOf( 'Бишкек' ), textOfHtml ), want );
	} );
}

test( 'is nowhere inside a block comment', () => {
	assert.equal( locate( paragraph( 'Раз' ), 7, textOfHtml ), null );
} );

test( 'takes the occurrence nearest to the offset', () => {
	assert.equal( nearest( 'абвабваб', 'аб', 4 ), 3 );
	assert.equal( nearest( 'абв', 'г', 0 ), -1 );
	assert.equal( nearest( 'абв', '', 0 ), -1 );
} );

test( 'leaves white space out of the count', () => {
	assert.equal( dense( ' a\u00a0b\n\uFEFF' ), 'ab' );
} );
