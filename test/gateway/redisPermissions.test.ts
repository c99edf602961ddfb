import { framing, neededCommands, probes, subscribing } from '../../packages/gateway/src/stores/redis/permissionProbes';
import { aclLine, type Answer, missingAccessOf } from '../../packages/gateway/src/stores/redis/permissions';
import { mayPass, unfitWords, userOf } from '../../packages/gateway/src/stores/redis/unfitWords';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const folder = join(__dirname, '../../packages/gateway/src/stores/redis');
const bullFolder = join(__dirname, '../../node_modules/bullmq/dist/cjs/scripts');
const redisCommands = new Set(jest.requireActual<{ list: readonly string[] }>('@ioredis/commands').list);
/** Names that a Map or an array has as well, or that every connection may run. */
const others = new Set([
	'keys',
	'sort',
	'move',
	'time',
	'type',
	'append',
	'call',
	'exec',
	'select',
	'config',
	'client',
	'info',
	'wait',
	'watch',
	'object',
	'quit',
]);
/** What BullMQ runs for a queue as the gateway uses it. */
const bullScripts = [
	'addStandardJob',
	'moveToActive',
	'moveToDelayed',
	'moveToFinished',
	'moveStalledJobsToWait',
	'extendLock',
	'extendLocks',
	'releaseLock',
	'retryJob',
	'reprocessJob',
	'cleanJobsInSet',
	'removeDeduplicationKey',
	'moveJobFromActiveToWait',
	'isMaxed',
	'promote',
	'moveJobsToWait',
	'updateData',
	'getRateLimitTtl',
	'saveStacktrace',
];
const inLua = (text: string): readonly string[] =>
	[...text.matchAll(/\br?call\(\s*['"]([A-Za-z]+)['"]/g)].map(([, name = '']) => name.toLowerCase());

const calledIn = (text: string): readonly string[] => {
	const found: string[] = [];
	const visit = (node: ts.Node): void => {
		if (
			ts.isCallExpression(node) &&
			ts.isPropertyAccessExpression(node.expression) &&
			redisCommands.has(node.expression.name.text)
		)
			found.push(node.expression.name.text);
		ts.forEachChild(node, visit);
	};
	visit(ts.createSourceFile('x.ts', text, ts.ScriptTarget.ES2022, true));
	return found;
};

test('every command that the sources and BullMQ use is one that the start asks for', () => {
	const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
		// Schemas ask Redis for nothing, and have methods of the same names.
		.filter((name) => name.endsWith('.ts') && !name.startsWith('schema'))
		.map((name) => readFileSync(join(folder, name), 'utf8'));
	const scripts = readdirSync(bullFolder)
		.filter((name) => bullScripts.some((script) => name.startsWith(`${script}-`)))
		.map((name) => readFileSync(join(bullFolder, name), 'utf8'));
	expect(scripts.length).toBeGreaterThanOrEqual(bullScripts.length);
	const used = new Set([...sources.flatMap((text) => [...calledIn(text), ...inLua(text)]), ...scripts.flatMap(inLua)]);
	expect([...used].filter((name) => !others.has(name) && !neededCommands.includes(name))).toEqual([]);
	expect(used.size).toBeGreaterThan(40);
});

const all = [...probes, subscribing];
const answersWhere = (refuses: (name: string, on: string) => string | undefined): readonly Answer[] =>
	all.map(({ args: [name], on }) => {
		const words = refuses(name, on);
		return words === undefined ? undefined : new Error(words);
	});

test.each<[name: string, refuses: (command: string, on: string) => string | undefined, line: string]>([
	[
		'a command, as Redis 7.0 says it',
		(name) => (name === 'eval' ? "NOPERM this user has no permissions to run the 'eval' command" : undefined),
		'ACL SETUSER gw +eval',
	],
	[
		'a command, as Redis 7.2 says it, of a user with strange names in it',
		(name) =>
			name === 'get' ? "NOPERM User the-key-of-a-channel has no permissions to run the 'get' command" : undefined,
		'ACL SETUSER gw +get',
	],
	[
		'a subcommand',
		(name) => (name === 'client' ? "NOPERM User gw has no permissions to run the 'client|setname' command" : undefined),
		'ACL SETUSER gw +client|setname',
	],
	[
		'keys, as Redis 7.0 says it',
		(_, on) =>
			on === 'queueKeys'
				? 'NOPERM this user has no permissions to access one of the keys used as arguments'
				: undefined,
		'ACL SETUSER gw ~icloud-ready-gateway:*',
	],
	[
		'keys, as Redis 7.2 says it',
		(_, on) => (on === 'keys' ? 'NOPERM No permissions to access a key' : undefined),
		'ACL SETUSER gw ~icloud-ready-gateway-ledger:*',
	],
	[
		'the channel',
		(_, on) => (on === 'channel' ? 'NOPERM No permissions to access a channel' : undefined),
		'ACL SETUSER gw &icloud-ready-gateway-ledger:events',
	],
	[
		'the commands for the channel, behind which the channel is told the next time',
		(_, on) => (on === 'channel' ? "NOPERM User gw has no permissions to run the 'x' command" : undefined),
		'ACL SETUSER gw +publish +subscribe',
	],
])('missing: %s', (_name, refuses, line) => {
	const missing = missingAccessOf(all, answersWhere(refuses));
	expect(missing === undefined ? '' : aclLine('gw', missing)).toBe(line);
});

test('nothing is missing where Redis refuses nothing, or for another reason', () => {
	expect(
		missingAccessOf(
			all,
			answersWhere(() => undefined),
		),
	).toBeUndefined();
	expect(
		missingAccessOf(
			all,
			answersWhere(() => "READONLY You can't write against a read only replica."),
		),
	).toBeUndefined();
});

test('where not even a question can be asked, the line gives every command', () => {
	const missing = missingAccessOf(framing, [
		new Error("NOPERM this user has no permissions to run the 'multi' command"),
		undefined,
	]);
	const line = aclLine('gw', { commands: [], keys: [], channels: [], ...missing, isPart: true });
	expect(line).toBe(`ACL SETUSER gw ${neededCommands.map((name) => `+${name}`).join(' ')}`);
});

test.each<[code: string, passes: boolean, words: RegExp]>([
	['READONLY', false, /read-only replica.*address of its primary/],
	['MASTERDOWN', false, /read-only replica/],
	['MOVED', false, /cluster mode/],
	['CLUSTERDOWN', false, /cluster mode/],
	['OOM', true, /no memory left \(OOM\)/],
	['MISCONF', true, /cannot write to its disk/],
	['NOREPLICAS', true, /too few replicas/],
	['LOADING', true, /still loading/],
	['BUSY', true, /script/],
])('%s is told in words', (code, passes, words) => {
	const unfit = { kind: 'refusing', code } as const;
	expect([mayPass(unfit), unfitWords(unfit, 'gw')]).toEqual([passes, expect.stringMatching(words)]);
});

test.each([
	['redis://gw:secret@h:1', 'gw'],
	['redis://g%40w:secret@h', 'g@w'],
	['redis://:secret@h', 'default'],
	['redis://h', 'default'],
	['redis://a-secret-in-the-wrong-place@h', 'default'],
])('the user of %s is %s', (url, user) => {
	expect(userOf(url)).toBe(user);
});
