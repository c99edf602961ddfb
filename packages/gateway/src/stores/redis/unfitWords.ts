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
	replica: 'is a read-only replica, and leads must be written. Give the address of its primary in GATEWAY_REDIS.',
	cluster: 'runs in cluster mode, in which the keys of one queue lie apart. Use a Redis without cluster mode.',
	OOM: 'has no memory left (OOM) and takes nothing. Give it more (maxmemory), or remove what else lies in it.',
	MISCONF: 'cannot write to its disk (MISCONF) and takes nothing. Look at its log and make room on its disk.',
	NOREPLICAS: 'has too few replicas (NOREPLICAS) and takes nothing. Start them, or lower its min-replicas-to-write.',
	LOADING: 'still loads its data (LOADING). It is used as soon as it has.',
	BUSY: 'is kept busy by a script of somebody else (BUSY). Whoever runs Redis can end it with SCRIPT KILL.',
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
			return `does not let its user ${user} do all that the gateway needs. The user lacks ${partsOf(unfit.missing)}. Whoever runs Redis gives it with: ${aclLine(user, unfit.missing)}`;
		case 'unknownCommands':
			return `does not have all that the gateway needs: ${unfit.commands.map((name) => name.toUpperCase()).join(', ')}. Use a Redis 7 or newer that has every command.`;
		case 'refusing':
			return refusing[kindOf[unfit.code] ?? unfit.code] ?? `takes nothing now (${unfit.code}). Look at its log.`;
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
