import { n8nCommunityNodesPlugin } from '@n8n/eslint-plugin-community-nodes';
import n8nNodesBase from 'eslint-plugin-n8n-nodes-base';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** Everything that comes from outside: time, chance, waiting and I/O reach the core through `Host` only. */
const impureGlobals = [
	'fetch',
	'XMLHttpRequest',
	'WebSocket',
	'crypto',
	'performance',
	'process',
	'console',
	'Buffer',
	'global',
	'globalThis',
	'window',
	'require',
	'setTimeout',
	'setInterval',
	'setImmediate',
	'clearTimeout',
	'clearInterval',
	'clearImmediate',
	'queueMicrotask',
].map((name) => ({ name, message: 'The core is pure: take it from Host.' }));

const impureCode = [
	{
		selector: "MemberExpression[object.name='Date'][property.name='now']",
		message: 'The core is pure: take the time from Host.now.',
	},
	{ selector: "NewExpression[callee.name='Date']", message: 'The core is pure: take the time from Host.now.' },
	{ selector: "CallExpression[callee.name='Date']", message: 'The core is pure: take the time from Host.now.' },
	{
		selector: "MemberExpression[object.name='Math'][property.name='random']",
		message: 'The core is pure: take chance from Host.random.',
	},
];

const timedExpectation = {
	selector:
		"CallExpression[callee.name='expect'] BinaryExpression[operator='-'] > CallExpression[callee.object.name='performance']",
	message: 'A busy machine takes longer by the clock: take processorMs, or count what is done.',
};

const coreImports = {
	patterns: [
		{
			regex: '^(?!\\.{1,2}/|libphonenumber-js(?:/|$)|zod/v4-mini$)',
			message: 'The core imports itself, libphonenumber-js and zod/v4-mini, nothing else.',
		},
	],
};

export default defineConfig(
	globalIgnores(['**/dist/', '.node-red/', '.n8n/', '**/coverage/', '**/examples/']),
	{
		files: ['**/*.ts'],
		extends: [tseslint.configs.strict, tseslint.configs.stylistic],
		rules: {
			'@typescript-eslint/no-explicit-any': 'error',
			'@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
			'@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
			'@typescript-eslint/consistent-type-definitions': ['error', 'interface'],
			'@typescript-eslint/no-non-null-assertion': 'error',
			'no-console': 'error',
			eqeqeq: ['error', 'always', { null: 'ignore' }],
		},
	},
	{
		files: ['packages/core/src/**/*.ts', 'nodes/**/*.ts', 'credentials/**/*.ts'],
		extends: [n8nCommunityNodesPlugin.configs.recommended],
	},
	{
		files: ['packages/core/src/**/*.ts'],
		rules: {
			'no-restricted-globals': ['error', ...impureGlobals],
			'no-restricted-syntax': ['error', ...impureCode],
			'no-restricted-imports': ['error', coreImports],
		},
	},
	{
		files: ['test/**/*.ts'],
		ignores: ['test/hosts/**'],
		rules: { 'no-restricted-syntax': ['error', timedExpectation] },
	},
	{
		files: ['nodes/**/*.ts'],
		plugins: { 'n8n-nodes-base': n8nNodesBase },
		rules: {
			...n8nNodesBase.configs.nodes.rules,
			// The two rules know neither dynamic outputs nor `NodeConnectionTypes`; n8n's own tool turns them off too.
			'n8n-nodes-base/node-class-description-inputs-wrong-regular-node': 'off',
			'n8n-nodes-base/node-class-description-outputs-wrong': 'off',
			'n8n-nodes-base/node-param-type-options-max-value-present': 'off',
		},
	},
	{
		files: ['credentials/**/*.ts'],
		plugins: { 'n8n-nodes-base': n8nNodesBase },
		rules: {
			...n8nNodesBase.configs.credentials.rules,
			'n8n-nodes-base/cred-class-field-documentation-url-miscased': 'off',
			'n8n-nodes-base/cred-class-field-type-options-password-missing': 'off',
		},
	},
);
