/** The labels of a post with their buttons: the same in the block editor's panel and in the classic editor's metabox. */
( function ( wp ) {
	'use strict';

	const { createElement: h, Fragment } = wp.element;
	const { Button, ComboboxControl, Notice, Spinner } = wp.components;
	const { useDispatch, useSelect } = wp.data;
	const { __, sprintf } = wp.i18n;

	const titles = {
		topic: __( 'Topics', 'rubricator' ),
		region: __( 'Countries', 'rubricator' ),
		desk: __( 'Desk', 'rubricator' ),
	};
	const additions = {
		topic: __( 'Add a topic', 'rubricator' ),
		region: __( 'Add a country', 'rubricator' ),
		desk: __( 'Add a desk', 'rubricator' ),
	};
	const origins = {
		auto: __( 'set automatically', 'rubricator' ),
		accepted: __( 'accepted by an editor', 'rubricator' ),
		manual: __( 'set by hand', 'rubricator' ),
		suggested: __( 'suggested', 'rubricator' ),
		rejected: __( 'rejected', 'rubricator' ),
	};

	/** Never a flat 100: no model is that sure. */
	function percent( confidence ) {
		return confidence === null ? '' : `${ Math.min( 99, Math.round( confidence * 100 ) ) } %`;
	}

	function Pill( { item, mayDecide, isPending, isHighlighted, onDecide, onWhy } ) {
		const isSettled = item.provenance === 'accepted' || item.provenance === 'manual';
		const describe = ( words ) => sprintf( words, item.name );
		const hasReason = item.evidence.length > 0 || item.why !== '';
		return h(
			'li',
			{
				className: `rubricator-label is-${ item.provenance }`,
				'data-label': item.label,
				title: origins[ item.provenance ],
			},
			h(
				hasReason ? 'button' : 'span',
				{
					className: 'rubricator-label__name',
					...( hasReason && {
						type: 'button',
						'aria-pressed': isHighlighted,
						onClick: onWhy,
						/* translators: %s: name of a topic, country or desk */
						'aria-label': describe( __( 'Why %s?', 'rubricator' ) ),
					} ),
				},
				item.name,
				h( 'span', { className: 'screen-reader-text' }, ` (${ origins[ item.provenance ] })` ),
				h( 'span', { className: 'rubricator-label__confidence' }, percent( item.confidence ) )
			),
			mayDecide && isPending && h( Spinner ),
			mayDecide && ! isPending && ! isSettled &&
				h( Button, {
					className: 'rubricator-label__yes',
					icon: 'yes',
					size: 'small',
					isSmall: true,
					/* translators: %s: name of a topic, country or desk */
					label: describe(
						item.provenance === 'rejected'
							? __( 'Bring back %s', 'rubricator' )
							: __( 'Accept %s', 'rubricator' )
					),
					onClick: () => onDecide( item.label, true ),
				} ),
			mayDecide && ! isPending && item.provenance !== 'rejected' &&
				h( Button, {
					className: 'rubricator-label__no',
					icon: 'no-alt',
					size: 'small',
					isSmall: true,
					/* translators: %s: name of a topic, country or desk */
					label: describe( __( 'Reject %s', 'rubricator' ) ),
					onClick: () => onDecide( item.label, false ),
				} )
		);
	}

	function Why( { item } ) {
		const strongest = Math.max( ...item.evidence.map( ( span ) => Math.abs( span.contribution ) ), 1e-9 );
		return h(
			'div',
			{ className: 'rubricator-why' },
			item.why && h( 'p', null, item.why ),
			h(
				'ol',
				null,
				item.evidence.map( ( span, i ) =>
					h(
						'li',
						{ key: i },
						h( 'span', null, span.text ),
						h( 'meter', { min: 0, max: 1, value: Math.max( 0, span.contribution / strongest ) } )
					)
				)
			)
		);
	}

	function Kind( { postId, kind, post, choices, isLive, onHighlight } ) {
		const { decide } = useDispatch( 'rubricator' );
		const known = kind.labels.map( ( item ) => item.label );
		const options = Object.entries( choices[ kind.kind ] ?? {} )
			.filter( ( [ label ] ) => ! known.includes( label ) )
			.map( ( [ value, label ] ) => ( { value, label } ) );
		const mayDecide = post.state?.mayDecide && ! isLive;
		const key = ( item ) => `${ kind.kind }:${ item.label }`;
		const chosen = kind.labels.find( ( item ) => key( item ) === post.highlighted );
		return h(
			'section',
			{ className: 'rubricator-kind', 'data-kind': kind.kind },
			h( 'h3', null, titles[ kind.kind ] ),
			kind.labels.length === 0 && h( 'p', { className: 'rubricator-none' }, __( 'None', 'rubricator' ) ),
			h(
				'ul',
				{ className: 'rubricator-labels' },
				kind.labels.map( ( item ) =>
					h( Pill, {
						key: item.label,
						item,
						mayDecide,
						isPending: !! post.pending[ key( item ) ],
						isHighlighted: post.highlighted === key( item ),
						onDecide: ( label, yes ) => decide( postId, kind.kind, label, yes ),
						onWhy: () => onHighlight( key( item ), item ),
					} )
				)
			),
			chosen && h( Why, { item: chosen } ),
			mayDecide && options.length > 0 &&
				h( ComboboxControl, {
					label: additions[ kind.kind ],
					value: null,
					options,
					onChange: ( label ) => label && decide( postId, kind.kind, label, true ),
				} )
		);
	}

	const outcomes = {
		OUTCOME_NO_TOPIC: __( 'Read, and no topic is sure enough.', 'rubricator' ),
		OUTCOME_INSUFFICIENT_TEXT: __( 'Too little text to say what it is about.', 'rubricator' ),
		OUTCOME_UNSUPPORTED_LANGUAGE: __( 'Written in a language that the model does not know.', 'rubricator' ),
	};

	/** What is going on, in one line, and never a spinner without an end. */
	function Status( { postId, post } ) {
		const { watch } = useDispatch( 'rubricator' );
		const { state, isWatching, error } = post;
		const notice = ( status, text, action ) =>
			h( Notice, { status, isDismissible: false, className: 'rubricator-status', actions: action ? [ action ] : [] }, text );
		if ( error ) {
			return notice( 'error', error, { label: __( 'Try again', 'rubricator' ), onClick: () => watch( postId ) } );
		}
		if ( ! state ) {
			return h( Spinner );
		}
		const { job, analysis, server } = state;
		if ( job?.state === 'failed' ) {
			return notice( 'error', job.diagnosis, {
				label: __( 'Classify again', 'rubricator' ),
				onClick: () => watch( postId, true ),
			} );
		}
		if ( job && ( server || job.diagnosis ) ) {
			return notice(
				'warning',
				`${ __( 'Saved, and queued. It is classified as soon as the server answers.', 'rubricator' ) } ${
					server?.diagnosis ?? job.diagnosis
				}`,
				isWatching ? null : { label: __( 'Look again', 'rubricator' ), onClick: () => watch( postId ) }
			);
		}
		if ( job ) {
			return isWatching
				? h( 'p', { className: 'rubricator-status' }, h( Spinner ), __( 'Being classified…', 'rubricator' ) )
				: notice( 'info', __( 'Queued.', 'rubricator' ), {
						label: __( 'Look again', 'rubricator' ),
						onClick: () => watch( postId ),
				  } );
		}
		if ( ! analysis ) {
			return h( 'p', { className: 'rubricator-status' }, __( 'Save the post to have it classified.', 'rubricator' ) );
		}
		// There is always one line, so that the buttons below do not move away under a click.
		const read = new Date( analysis.classifiedAt * 1000 ).toLocaleTimeString( [], { timeStyle: 'short' } );
		return h(
			'p',
			{ className: 'rubricator-status' },
			/* translators: %s: time of day */
			outcomes[ analysis.outcome ] ?? sprintf( __( 'Read at %s.', 'rubricator' ), read )
		);
	}

	function Routings( { routings } ) {
		if ( ! routings?.length ) {
			return null;
		}
		return h(
			'details',
			{ className: 'rubricator-routings' },
			h( 'summary', null, __( 'Routing log', 'rubricator' ) ),
			h(
				'ol',
				null,
				routings.map( ( entry, i ) =>
					h(
						'li',
						{ key: i },
						h( 'time', null, new Date( entry.routed_at * 1000 ).toLocaleString() ),
						` ${ entry.desk }: ${ entry.rule === 'editor' ? __( 'an editor', 'rubricator' ) : entry.rule }`,
						entry.why && h( 'small', null, entry.why )
					)
				)
			)
		);
	}

	/** @param {{postId: number, onHighlight: Function}} props onHighlight gets a label's key and its item. */
	function Labels( { postId, onHighlight } ) {
		const { post, choices } = useSelect(
			( select ) => ( {
				post: select( 'rubricator' ).getPost( postId ),
				choices: select( 'rubricator' ).getChoices(),
			} ),
			[ postId ]
		);
		const kinds = post.live?.kinds ?? post.state?.kinds ?? [];
		return h(
			Fragment,
			null,
			h( Status, { postId, post } ),
			kinds.map( ( kind ) =>
				h( Kind, { key: kind.kind, postId, kind, post, choices, isLive: !! post.live, onHighlight } )
			),
			h( Routings, { routings: post.state?.routings } )
		);
	}

	globalThis.rubricatorLabels = Labels;
} )( window.wp );
