/**
 * Where a span of a post's content as sent lies in the block editor: in which block, and after how many characters of that
 * block's own text. Pure; offsets are UTF-16, as JavaScript counts. White space is left out of the count, since the
 * serialised post and the page differ in nothing else.
 */
( function () {
	'use strict';

	const COMMENT =
		/<!--\s+(\/)?wp:[a-z][\w/-]*\s+(?:\{[\s\S]*?\}\s+)?(\/)?-->/g;

	/** The characters that count. */
	function dense( text ) {
		return text.replace( /[\s\uFEFF\u200B]+/g, '' );
	}

	/**
	 * @param {string}   content    Serialised blocks, or classic HTML.
	 * @param {number}   begin      Offset into it.
	 * @param {Function} textOfHtml HTML in, its text out.
	 * @return {?{block: number, offset: number}} The block's number in the order of the document, nested ones after
	 *                                            their parent; null outside every block.
	 */
	function locate( content, begin, textOfHtml ) {
		const open = [];
		let blocks = 0;
		let position = 0;
		const answer = ( frame, segment ) => ( {
			block: frame.block,
			offset: dense( textOfHtml( frame.html + segment ) ).length,
		} );
		const pass = ( end ) => {
			const segment = content.slice( position, end );
			if ( open.length === 0 && segment.trim() === '' ) {
				return null;
			}
			const frame = open.length ? open[ open.length - 1 ] : { block: blocks++, html: '' };
			if ( begin < end ) {
				return answer( frame, segment.slice( 0, begin - position ) );
			}
			frame.html += segment;
			return null;
		};
		for ( const comment of content.matchAll( COMMENT ) ) {
			if ( begin < position ) {
				return null;
			}
			const found = pass( comment.index );
			if ( found ) {
				return found;
			}
			position = comment.index + comment[ 0 ].length;
			if ( comment[ 1 ] ) {
				open.pop();
			} else if ( comment[ 2 ] ) {
				++blocks;
			} else {
				open.push( { block: blocks++, html: '' } );
			}
		}
		return begin < position ? null : pass( content.length );
	}

	/**
	 * Where `wanted` begins in `text`, both dense: at `offset` if it stands there, else as near to it as it does.
	 *
	 * @return {number} -1 when it is nowhere.
	 */
	function nearest( text, wanted, offset ) {
		let best = -1;
		for ( let at = text.indexOf( wanted ); at >= 0 && wanted !== ''; at = text.indexOf( wanted, at + 1 ) ) {
			if ( best < 0 || Math.abs( at - offset ) < Math.abs( best - offset ) ) {
				best = at;
			}
		}
		return best;
	}

	globalThis.rubricatorEvidence = { dense, locate, nearest };
} )();
