import { helpText } from '../../packages/gateway/src/main/help';
import { options, secretOptions } from '../../packages/gateway/src/main/options';
import { readSettings } from '../../packages/gateway/src/main/settings';
import { secret } from './world';
import fc from '../fixtures/fastCheck';
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
			concurrency: 0,
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
	['a Redis that is no address', [], { GATEWAY_REDIS: 'nonsense' }, /^The address of Redis is not valid/],
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
		/^The address of Redis contains a password, which .* GATEWAY_REDIS in the environment instead\.$/,
	],
	['a secret as an argument', ['--secret', 'x'], {}, /no option --secret/],
	[
		'a number without end',
		['--keep-days', 'Infinity'],
		{},
		/--keep-days must be a number from 0 to 3650, and "Infinity" is not/,
	],
	['half a lead', ['--max-waiting', '1.5'], {}, /--max-waiting must be a whole number from 1 to 10000000/],
	[
		'a flag that is neither',
		[],
		{ GATEWAY_ALLOW_HTTP: 'yes' },
		/GATEWAY_ALLOW_HTTP must be true or false, and "yes" is not/,
	],
	[
		'a secret of alerts that a receiver would read in another way',
		['--alert-url', 'https://hooks.test'],
		{ GATEWAY_ALERT_SECRET: 'a secret of sixteen and more' },
		/^GATEWAY_ALERT_SECRET must be whsec_ and at least 24 bytes in base64 .*randomBytes\(32\)/,
	],
	[
		'an address for alerts without a secret',
		['--alert-url', 'https://hooks.test'],
		{},
		/^GATEWAY_ALERT_SECRET is missing/,
	],
	[
		'a secret that stands in a document',
		[],
		{ GATEWAY_SECRET: 'The same for all of them!' },
		/^GATEWAY_SECRET stands in a document/,
	],
	[
		'a token that nobody made up',
		[],
		{ GATEWAY_ADMIN_TOKEN: 'change-me-please-now' },
		/^GATEWAY_ADMIN_TOKEN stands in a document/,
	],
	['a secret of one letter', [], { GATEWAY_SECRET: 'xxxxxxxxxxxxxxxxxxxx' }, /^GATEWAY_SECRET stands in a document/],
	['a short token', [], { GATEWAY_ADMIN_TOKEN: ' short ' }, /GATEWAY_ADMIN_TOKEN is too short/],
	['two mistakes, the first of the help', ['--wait-seconds', 'x', '--port', 'y'], {}, /^--port must be/],
])('%s is refused in words', (_name, args, variables, words) => {
	const read = readSettings(args, { ...env, ...variables });
	expect(read.kind === 'mistake' ? read.message : read.kind).toMatch(words);
});

test('whatever is set, it starts or says what is wrong with which setting, and never shows a password', () => {
	const anything = fc.oneof(
		fc.string(),
		fc.double().map(String),
		fc.constantFrom('0', '5', 'true', 'phone', 'https://crm.test', 'rediss://:hidden@host', 'nonsense://:hidden@host'),
	);
	fc.assert(
		fc.property(fc.constantFrom(...options), anything, fc.boolean(), (option, value, isArgument) => {
			const isFlag = option.isFlag === true && isArgument;
			const args = isArgument ? [isFlag ? `--${option.name}` : `--${option.name}=${value}`] : [];
			const read = readSettings(args, { ...env, ...(isArgument ? {} : { [option.env]: value }) });
			if (read.kind === 'start') return;
			const message = read.kind === 'mistake' ? read.message : read.kind;
			expect(message).toMatch(
				new RegExp(
					`^(?:(?:--${option.name}|${option.env}) must be |The address of Redis |The address for alerts |GATEWAY_ALERT_SECRET is missing|The base URL of the API )`,
				),
			);
			expect(option.name === 'redis' && message.includes('hidden')).toBe(false);
		}),
		{ numRuns: 200 },
	);
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
