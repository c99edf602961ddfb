import { options, secretOptions } from './options';

const column = 26;

/** What `--help` prints. */
export const helpText = [
	'The iCloud-Ready lead API behind a queue: no lead is lost, none is sent twice, and the rate limit is respected.',
	'',
	'Usage: icloud-ready-gateway [options]',
	'',
	...options.map(
		({ name, env, isFlag, fallback, choices, does }) =>
			`  ${`--${name}${isFlag === true ? '' : ' …'}`.padEnd(column)}${does}${choices === undefined ? '' : `: ${choices.join(', ')}`} (${env}${isFlag === true || fallback === '' ? '' : `, default ${fallback}`})`,
	),
	`  ${'--help'.padEnd(column)}Show this help`,
	`  ${'--version'.padEnd(column)}Show the version`,
	'',
	'In the environment only:',
	'',
	...secretOptions.map(({ env, does }) => `  ${env.padEnd(column)}${does}`),
].join('\n');
