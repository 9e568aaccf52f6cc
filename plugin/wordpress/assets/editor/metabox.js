/** The labels in the classic editor's box. Evidence is listed there; only the block editor can mark it in the text. */
( function ( wp, Labels ) {
	'use strict';

	const box = document.getElementById( 'rubricator-labels' );
	if ( ! box ) {
		return;
	}
	const postId = Number( box.dataset.post );
	const { dispatch, select } = wp.data;
	const onHighlight = ( key ) => {
		const isOpen = select( 'rubricator' ).getPost( postId ).highlighted === key;
		dispatch( 'rubricator' ).highlight( postId, isOpen ? '' : key );
	};
	const element = wp.element.createElement( Labels, { postId, onHighlight } );
	// WordPress 6.2 brought React 18.
	if ( wp.element.createRoot ) {
		wp.element.createRoot( box ).render( element );
	} else {
		wp.element.render( element, box );
	}
	dispatch( 'rubricator' ).watch( postId );
} )( window.wp, globalThis.rubricatorLabels );
