import type { Fitness } from './checkAccess';
import { aclLine, type MissingAccess } from './permissions';

type Unfit = Exclude<Fitness, { kind: 'fit' | 'away' }>;

const listed = (one: string, more: string, all: readonly string[]): readonly string[] =>
	all.length === 0 ? [] : [`${all.length === 1 ? one : more} ${all.join(', ')}`];
const partsOf = ({ commands, keys, channels, isPart }: MissingAccess): string =>
	[
		...listed(
			'the command',
			'the commands',
			commands.map((name) => name.toUpperCase().replace('|', ' ')),
		),
		...listed('the keys', 'the keys', keys),
		...listed('the channel', 'the channels', channels),
		...(isPart === true ? ['and perhaps more, which cannot be asked without'] : []),
	].join('; ');

const refusing: Readonly<Record<string, string>> = {
	replica: 'is a read-only replica, but leads must be written. Set GATEWAY_REDIS to the address of its primary.',
	cluster:
		'runs in cluster mode, which spreads the keys of one queue over several nodes. Use a Redis without cluster mode.',
	OOM: 'has no memory left (OOM) and accepts no writes. Give it more (maxmemory), or remove other data from it.',
	MISCONF: 'cannot write to its disk (MISCONF) and accepts no writes. Check its log and free some space on its disk.',
	NOREPLICAS:
		'has too few replicas (NOREPLICAS) and accepts no writes. Start them, or lower its min-replicas-to-write.',
	LOADING: 'is still loading its data (LOADING). It is used as soon as that is done.',
	BUSY: 'is kept busy by a script of another client (BUSY). The administrator of Redis can end it with SCRIPT KILL.',
};
const kindOf: Readonly<Record<string, string>> = {
	READONLY: 'replica',
	MASTERDOWN: 'replica',
	MOVED: 'cluster',
	ASK: 'cluster',
	CROSSSLOT: 'cluster',
	CLUSTERDOWN: 'cluster',
	CLUSTER: 'cluster',
};

/** What keeps a Redis from being used and what to do, as the rest of a sentence that begins with it. */
export const unfitWords = (unfit: Unfit, user: string): string => {
	switch (unfit.kind) {
		case 'missingAccess':
			return `does not allow its user ${user} everything the gateway needs. The user lacks ${partsOf(unfit.missing)}. The administrator of Redis can grant it with: ${aclLine(user, unfit.missing)}`;
		case 'unknownCommands':
			return `lacks commands that the gateway needs: ${unfit.commands.map((name) => name.toUpperCase()).join(', ')}. Use Redis 7 or newer with all commands enabled.`;
		case 'refusing':
			return (
				refusing[kindOf[unfit.code] ?? unfit.code] ?? `accepts no writes right now (${unfit.code}). Check its log.`
			);
	}
};

/** Whether it may become fit by itself, so that a gateway can start and wait for it. */
export const mayPass = (unfit: Unfit): boolean => unfit.kind === 'refusing' && kindOf[unfit.code] === undefined;

/**
 * The user whom an address names; `default` where it names none. An address without a password in it signs nobody in, and
 * what stands there may be the password itself.
 */
export const userOf = (url: string): string => {
	try {
		const { username, password } = new URL(url);
		return username === '' || password === '' ? 'default' : decodeURIComponent(username);
	} catch {
		return 'default';
	}
};
