/** Marks evidence in the title and the blocks on the page, without touching the text: by the CSS Custom Highlight API. */
( function ( wp, evidence ) {
	'use strict';

	const NAME = 'rubricator-evidence';
	const STYLE = `::highlight(${ NAME }) { background-color: #ffe08a; color: #1e1e1e; }`;
	/** Their inner blocks are another post's and are not in this content. */
	const FOREIGN = [ 'core/block', 'core/template-part', 'core/post-content' ];

	function canvas() {
		const frame = document.querySelector( 'iframe[name="editor-canvas"]' );
		return frame?.contentDocument ?? document;
	}

	function textOfHtml( html ) {
		return new DOMParser().parseFromString( html, 'text/html' ).body.textContent;
	}

	/** Ids of the blocks in the order of the document, as they are serialised. */
	function blockIds( parent = '' ) {
		const { getBlockOrder, getBlockName } = wp.data.select( 'core/block-editor' );
		return getBlockOrder( parent ).flatMap( ( id ) => [
			id,
			...( FOREIGN.includes( getBlockName( id ) ) ? [] : blockIds( id ) ),
		] );
	}

	/** Each character of an element's own text that counts, with its place. */
	function characters( element, isOwn ) {
		const found = [];
		const walker = element.ownerDocument.createTreeWalker( element, NodeFilter.SHOW_TEXT );
		for ( let node = walker.nextNode(); node; node = walker.nextNode() ) {
			if ( isOwn( node.parentElement ) ) {
				for ( let i = 0; i < node.data.length; ++i ) {
					if ( evidence.dense( node.data[ i ] ) !== '' ) {
						found.push( { node, i, character: node.data[ i ] } );
					}
				}
			}
		}
		return found;
	}

	function rangeIn( element, isOwn, text, offset ) {
		if ( ! element ) {
			return null;
		}
		const found = characters( element, isOwn );
		const wanted = evidence.dense( text );
		const at = evidence.nearest( found.map( ( each ) => each.character ).join( '' ), wanted, offset );
		if ( at < 0 ) {
			return null;
		}
		const range = element.ownerDocument.createRange();
		const last = found[ at + wanted.length - 1 ];
		range.setStart( found[ at ].node, found[ at ].i );
		range.setEnd( last.node, last.i + 1 );
		return range;
	}

	function rangeOf( span, content, ids, page ) {
		if ( span.field === 'title' ) {
			const title = page.querySelector( '.editor-post-title__input, .wp-block-post-title' );
			return rangeIn( title, () => true, span.text, 0 );
		}
		const place = evidence.locate( content, span.begin, textOfHtml );
		const element = place && page.querySelector( `[data-block="${ ids[ place.block ] }"]` );
		return rangeIn( element, ( parent ) => parent.closest( '[data-block]' ) === element, span.text, place?.offset );
	}

	/**
	 * Marks spans, instead of what was marked before.
	 *
	 * @param {Array}  spans   Evidence as the REST route gives it.
	 * @param {string} content The post's content that the offsets count in.
	 * @return {number} How many could be marked.
	 */
	function show( spans, content ) {
		const page = canvas();
		const view = page.defaultView;
		if ( ! view?.CSS?.highlights ) {
			return 0;
		}
		const ids = blockIds();
		const ranges = spans.map( ( span ) => rangeOf( span, content, ids, page ) ).filter( Boolean );
		if ( ! page.getElementById( NAME ) ) {
			const style = page.createElement( 'style' );
			style.id = NAME;
			style.textContent = STYLE;
			page.head.append( style );
		}
		view.CSS.highlights.set( NAME, new view.Highlight( ...ranges ) );
		ranges[ 0 ]?.startContainer.parentElement.scrollIntoView( { block: 'nearest' } );
		return ranges.length;
	}

	function clear() {
		canvas().defaultView?.CSS?.highlights?.delete( NAME );
	}

	globalThis.rubricatorHighlight = { show, clear };
} )( window.wp, globalThis.rubricatorEvidence );
