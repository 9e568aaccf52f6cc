/**
 * What the editors know of each post's labels: the store "rubricator". It outlives the panel, and a call that fails leaves
 * what was known, beside the reason.
 */
( function ( wp ) {
	'use strict';

	const { __ } = wp.i18n;
	/** Seconds between looks at a job that waits; then the editor asks. */
	const PATIENCE = [ 1, 1, 2, 3, 5, 8, 13, 20, 30 ];
	const timers = {};
	/** Decisions go one after the other: answers that overtake each other would show what was, not what is. */
	const lines = {};
	/** How many decisions were made about a post; an answer from before the last one is out of date. */
	const decisions = {};

	const unknown = { state: null, live: null, error: '', pending: {}, isWatching: false, highlighted: '' };

	function reducer( posts = {}, action ) {
		if ( action.type === 'POST' ) {
			return { ...posts, [ action.id ]: { ...unknown, ...posts[ action.id ], ...action.change } };
		}
		return action.type === 'CHOICES' ? { ...posts, choices: action.choices } : posts;
	}

	const change = ( id, changed ) => ( { type: 'POST', id, change: changed } );

	function words( error ) {
		return error?.message || __( 'WordPress did not answer.', 'rubricator' );
	}

	/**
	 * Brings the block editor's own copy of the post up to date: terms that the server has set must not be taken for
	 * removed at the next save, and edits that are not saved yet stay.
	 */
	function mergeTerms( id, terms ) {
		const editor = wp.data.select( 'core/editor' );
		const type = editor?.getCurrentPostType?.();
		if ( ! type || Number( editor.getCurrentPostId() ) !== id ) {
			return;
		}
		for ( const [ field, now ] of Object.entries( terms ) ) {
			const saved = editor.getCurrentPostAttribute( field );
			if ( ! Array.isArray( saved ) || String( saved ) === String( now ) ) {
				continue;
			}
			const edited = editor.getEditedPostAttribute( field );
			const isEdited = String( edited ) !== String( saved );
			wp.data.dispatch( 'core' ).receiveEntityRecords( 'postType', type, { id, [ field ]: now } );
			if ( isEdited ) {
				const gone = saved.filter( ( term ) => ! now.includes( term ) );
				const merged = [ ...new Set( [ ...edited, ...now.filter( ( term ) => ! saved.includes( term ) ) ] ) ];
				wp.data.dispatch( 'core/editor' ).editPost( {
					[ field ]: merged.filter( ( term ) => ! gone.includes( term ) ),
				} );
			}
		}
	}

	const actions = {
		highlight: ( id, key ) => change( id, { highlighted: key } ),
		dropLive: ( id ) => change( id, { live: null } ),

		/** Asks WordPress about a post; `request` is apiFetch's, and its answer the post's state. */
		ask: ( id, request ) => async ( { dispatch } ) => {
			const asked = decisions[ id ];
			try {
				const state = await wp.apiFetch( request );
				if ( decisions[ id ] === asked ) {
					dispatch( change( id, { state, error: '' } ) );
					mergeTerms( id, state.terms );
				}
			} catch ( error ) {
				dispatch( change( id, { error: words( error ) } ) );
			}
		},

		load: ( id ) => ( { dispatch } ) => dispatch.ask( id, { path: `/rubricator/v1/posts/${ id }` } ),

		/** Has the post's job done and looks until it is, for about a minute and a half. */
		watch: ( id, again = false ) => async ( { dispatch, select } ) => {
			clearTimeout( timers[ id ] );
			dispatch( change( id, { isWatching: true } ) );
			const look = async ( turn ) => {
				await dispatch.ask( id, {
					path: `/rubricator/v1/posts/${ id }/classification`,
					method: 'POST',
					data: { again: again && turn === 0 },
				} );
				const { state, error } = select.getPost( id );
				const isDone = ! error && ( ! state?.job || state.job.state === 'failed' );
				if ( isDone || turn >= PATIENCE.length ) {
					dispatch( change( id, { isWatching: false } ) );
				} else {
					timers[ id ] = setTimeout( () => look( turn + 1 ), PATIENCE[ turn ] * 1000 );
				}
			};
			await look( 0 );
		},

		decide: ( id, kind, label, yes ) => ( { dispatch, select } ) => {
			decisions[ id ] = ( decisions[ id ] ?? 0 ) + 1;
			const key = `${ kind }:${ label }`;
			const settle = ( changed ) => {
				const pending = { ...select.getPost( id ).pending };
				delete pending[ key ];
				dispatch( change( id, { pending, ...changed } ) );
			};
			dispatch( change( id, { pending: { ...select.getPost( id ).pending, [ key ]: true } } ) );
			lines[ id ] = ( lines[ id ] ?? Promise.resolve() ).then( async () => {
				try {
					const state = await wp.apiFetch( {
						path: `/rubricator/v1/posts/${ id }/decisions`,
						method: 'POST',
						data: { kind, label, yes },
					} );
					settle( { state, error: '' } );
					mergeTerms( id, state.terms );
				} catch ( error ) {
					settle( { error: words( error ) } );
				}
			} );
			return lines[ id ];
		},

		suggest: ( id, title, content ) => async ( { dispatch } ) => {
			try {
				const kinds = await wp.apiFetch( {
					path: `/rubricator/v1/posts/${ id }/suggestions`,
					method: 'POST',
					data: { title, content },
				} );
				dispatch( change( id, { live: { kinds, content }, error: '' } ) );
			} catch ( error ) {
				dispatch( change( id, { error: words( error ) } ) );
			}
		},
	};

	const selectors = {
		getPost: ( posts, id ) => posts[ id ] ?? unknown,
		getChoices: ( posts ) => posts.choices ?? {},
	};

	const resolvers = {
		getPost: ( id ) => ( { dispatch } ) => dispatch.load( id ),
		getChoices: () => async ( { dispatch } ) => {
			try {
				const choices = await wp.apiFetch( { path: '/rubricator/v1/labels' } );
				dispatch( { type: 'CHOICES', choices } );
			} catch {
				dispatch( { type: 'CHOICES', choices: {} } );
			}
		},
	};

	wp.data.register( wp.data.createReduxStore( 'rubricator', { reducer, actions, selectors, resolvers } ) );
} )( window.wp );
