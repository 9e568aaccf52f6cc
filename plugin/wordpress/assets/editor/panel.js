/** The panel in the block editor's sidebar. */
( function ( wp, Labels, highlight ) {
	'use strict';

	const { createElement: h, Fragment, useEffect, useRef } = wp.element;
	const { Button } = wp.components;
	const { useDispatch, useSelect } = wp.data;
	const { __ } = wp.i18n;
	// WordPress 6.6 moved it.
	const PluginDocumentSettingPanel =
		wp.editor?.PluginDocumentSettingPanel ?? wp.editPost.PluginDocumentSettingPanel;

	/** Watches the post's job from each save on, also while the panel is not on the screen. */
	function Watcher() {
		const { postId, isSaving } = useSelect( ( select ) => {
			const editor = select( 'core/editor' );
			return {
				postId: Number( editor.getCurrentPostId() ),
				isSaving: editor.isSavingPost() && ! editor.isAutosavingPost(),
			};
		}, [] );
		const wasSaving = useRef( false );
		const { watch, dropLive } = useDispatch( 'rubricator' );
		useEffect( () => {
			if ( wasSaving.current && ! isSaving ) {
				dropLive( postId );
				watch( postId );
			}
			wasSaving.current = isSaving;
		}, [ isSaving, postId ] );
		return null;
	}

	function Panel() {
		const { postId, isNew, isDirty, post } = useSelect( ( select ) => {
			const editor = select( 'core/editor' );
			const id = Number( editor.getCurrentPostId() );
			return {
				postId: id,
				isNew: editor.isEditedPostNew(),
				isDirty: editor.isEditedPostDirty(),
				post: select( 'rubricator' ).getPost( id ),
			};
		}, [] );
		const { suggest, dropLive, highlight: remember } = useDispatch( 'rubricator' );

		// The panel may close, and the post may be another one: nothing stays marked.
		useEffect( () => () => highlight.clear(), [ postId ] );

		const onHighlight = ( key, item ) => {
			if ( post.highlighted === key ) {
				highlight.clear();
				remember( postId, '' );
				return;
			}
			const saved = wp.data.select( 'core/editor' ).getCurrentPostAttribute( 'content' );
			highlight.show( item.evidence, post.live?.content ?? saved );
			remember( postId, key );
		};
		const onSuggest = () => {
			const editor = wp.data.select( 'core/editor' );
			suggest( postId, editor.getEditedPostAttribute( 'title' ), editor.getEditedPostContent() );
		};
		return h(
			Fragment,
			null,
			isDirty && ! post.live &&
				h( Button, { variant: 'secondary', onClick: onSuggest }, __( 'What would this text get?', 'rubricator' ) ),
			post.live &&
				h(
					'p',
					{ className: 'rubricator-live' },
					__( 'A look at the unsaved text. Nothing is set before you save.', 'rubricator' ),
					' ',
					h( Button, { variant: 'link', onClick: () => dropLive( postId ) }, __( 'Close', 'rubricator' ) )
				),
			isNew && ! post.live
				? h( 'p', { className: 'rubricator-status' }, __( 'Save the post to have it classified.', 'rubricator' ) )
				: h( Labels, { postId, onHighlight } )
		);
	}

	wp.plugins.registerPlugin( 'rubricator', {
		render: () =>
			h(
				Fragment,
				null,
				h( Watcher ),
				h(
					PluginDocumentSettingPanel,
					{ name: 'rubricator', title: __( 'Topics and desk', 'rubricator' ), className: 'rubricator-panel' },
					h( Panel )
				)
			),
		icon: 'tag',
	} );
} )( window.wp, globalThis.rubricatorLabels, globalThis.rubricatorHighlight );
