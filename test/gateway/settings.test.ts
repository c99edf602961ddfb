import { options, secretOptions } from '../../packages/gateway/src/main/options';
import { helpText, readSettings } from '../../packages/gateway/src/main/settings';
import { secret } from './world';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const env = { GATEWAY_SECRET: secret };

test('the defaults are settings', () => {
	expect(readSettings([], env)).toMatchObject({
		kind: 'start',
		settings: {
			port: 4020,
			host: '127.0.0.1',
			waitSeconds: 25,
			duplicateKey: 'off',
			concurrency: 5,
			logPersonalData: false,
		},
	});
});

test('an argument wins over a variable, and an empty variable is none', () => {
	expect(readSettings(['--port', '1'], { ...env, GATEWAY_PORT: '2', GATEWAY_HOST: '' })).toMatchObject({
		settings: { port: 1, host: '127.0.0.1' },
	});
});

test.each<[name: string, args: readonly string[], variables: Readonly<Record<string, string>>, words: RegExp]>([
	['no secret', [], { GATEWAY_SECRET: '' }, /GATEWAY_SECRET is missing/],
	['a short secret', [], { GATEWAY_SECRET: 'short' }, /GATEWAY_SECRET is too short/],
	['a port that is none', ['--port', 'x'], {}, /--port must be a whole number from 0 to 65535, and "x" is not/],
	[
		'a variable that is none',
		[],
		{ GATEWAY_WAIT_SECONDS: '-1' },
		/GATEWAY_WAIT_SECONDS must be a number from 0 to 600/,
	],
	['an unknown choice', ['--duplicate-key', 'name'], {}, /one of off, phone, email, phoneAndCampaign/],
	['an unknown option', ['--prot', '1'], {}, /no option --prot/],
	['no address', ['--api', 'crm'], {}, /is not a web address/],
	['an address with a login', ['--api', 'https://a:b@crm.test'], {}, /user name or a password/],
	['an address without encryption', ['--api', 'http://crm.test/api'], {}, /begins with http/],
	['a Redis that is no address', [], { GATEWAY_REDIS: 'nonsense' }, /^The address of Redis is not one/],
	[
		'a Redis of another kind',
		[],
		{ GATEWAY_REDIS: 'http://:pw@host' },
		/^The address of Redis must begin with redis:\/\/ or rediss:\/\/ and name a host\.$/,
	],
	[
		'a password of Redis as an argument',
		['--redis', 'redis://:pw@host'],
		{},
		/^The address of Redis holds a password, which .* GATEWAY_REDIS in the environment instead\.$/,
	],
	['a secret as an argument', ['--secret', 'x'], {}, /no option --secret/],
])('%s is refused in words', (_name, args, variables, words) => {
	const read = readSettings(args, { ...env, ...variables });
	expect(read.kind === 'mistake' ? read.message : read.kind).toMatch(words);
});

test('the README tells of every setting with its default', () => {
	const readme = readFileSync(join(__dirname, '../../packages/gateway/README.md'), 'utf8');
	for (const { name, env: variable, does } of options)
		expect(
			readme
				.split('\n')
				.find(
					(line) => line.startsWith('| `--' + name + '`') && line.endsWith('| `' + variable + '` | ' + does + ' |'),
				),
		).toBeDefined();
	for (const { env: variable, does } of secretOptions)
		expect(readme).toContain('\n| `' + variable + '` | ' + does + ' |\n');
});

test('the help names every setting', () => {
	for (const { name, env: variable } of options) expect(helpText).toMatch(new RegExp(`--${name} .*\\(${variable}`));
});
