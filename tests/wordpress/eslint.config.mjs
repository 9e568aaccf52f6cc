// For the plugin's scripts, which a browser runs as they are, and for these tests.
import js from '@eslint/js';
import globals from 'globals';

export default [
	js.configs.recommended,
	{
		rules: { eqeqeq: 'error', 'no-var': 'error', 'prefer-const': 'error', 'no-shadow': 'error', 'no-unused-vars': 'error' },
	},
	{
		files: [ '**/assets/**/*.js' ],
		languageOptions: { ecmaVersion: 2022, sourceType: 'script', globals: globals.browser },
	},
	{ files: [ '**/*.mjs' ], languageOptions: { globals: { ...globals.node, ...globals.browser } } },
];
