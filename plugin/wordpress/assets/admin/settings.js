/** The test button of the settings page: tries what stands in the form, saved or not. */
( function ( wp ) {
	'use strict';

	const { __ } = wp.i18n;
	const button = document.getElementById( 'rubricator-test' );
	const result = document.getElementById( 'rubricator-test-result' );
	const value = ( key ) => document.getElementById( `rubricator-${ key }` )?.value ?? '';

	button?.addEventListener( 'click', async () => {
		button.disabled = true;
		result.className = '';
		result.textContent = __( 'Asking…', 'rubricator' );
		const data = {};
		for ( const key of [ 'transport', 'server_url', 'token', 'library_path', 'native_target' ] ) {
			data[ key ] = value( key );
		}
		try {
			const { ok, message } = await wp.apiFetch( { path: '/rubricator/v1/connection', method: 'POST', data } );
			result.className = ok ? 'is-good' : 'is-bad';
			result.textContent = message;
		} catch ( error ) {
			result.className = 'is-bad';
			result.textContent = error?.message || __( 'WordPress did not answer.', 'rubricator' );
		}
		button.disabled = false;
	} );
} )( window.wp );
