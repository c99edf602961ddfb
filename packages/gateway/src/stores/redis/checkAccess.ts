import { codeOf } from './connection';
import { framing, type Probe, probes, subscribing } from './permissionProbes';
import { type Answer, type MissingAccess, missingAccessOf } from './permissions';
import type { Redis } from 'ioredis';

/** Whether a Redis can be used as it is. */
export type Fitness =
	| { readonly kind: 'fit' }
	/** Its user may not do all that is needed. */
	| { readonly kind: 'missingAccess'; readonly missing: MissingAccess }
	/** It has no such commands, lower case. */
	| { readonly kind: 'unknownCommands'; readonly commands: readonly string[] }
	/** It takes nothing now, or takes it elsewhere: its own word for that, such as READONLY or OOM. */
	| { readonly kind: 'refusing'; readonly code: string }
	/** It cannot be asked; `code` says why. */
	| { readonly kind: 'away'; readonly code: string };

const messageOf = (answer: Answer): string => answer?.message ?? '';
const isUnknown = (answer: Answer): boolean => /^ERR unknown (?:sub)?command/i.test(messageOf(answer));
/** What one command is told that would have been told the same of every other. */
const refusals = [
	'LOADING',
	'READONLY',
	'MISCONF',
	'OOM',
	'NOREPLICAS',
	'MASTERDOWN',
	'MOVED',
	'ASK',
	'CROSSSLOT',
	'CLUSTERDOWN',
	'NOAUTH',
	'BUSY',
];
const refusalOf = (answer: Answer): string | undefined =>
	refusals.find((word) => messageOf(answer).startsWith(`${word} `));

const fitnessOf = (asked: readonly Probe[], answers: readonly Answer[]): Fitness => {
	const missing = missingAccessOf(asked, answers);
	if (missing !== undefined) return { kind: 'missingAccess', missing };
	const unknown = asked.filter((_, index) => isUnknown(answers[index])).map(({ args: [name] }) => name);
	if (unknown.length > 0) return { kind: 'unknownCommands', commands: [...new Set(unknown)] };
	const code = answers.map(refusalOf).find((each) => each !== undefined);
	return code === undefined ? { kind: 'fit' } : { kind: 'refusing', code };
};

const answersTo = async (redis: Redis, commands: readonly (readonly string[])[]): Promise<readonly Answer[]> => {
	const batch = redis.pipeline();
	for (const [name = '', ...args] of commands) batch.call(name, ...args);
	const answers = (await batch.exec()) ?? [];
	// What broke off is no answer of Redis.
	const broken = answers.find(([error]) => error !== null && error.name !== 'ReplyError');
	if (broken?.[0] != null) throw broken[0];
	return answers.map(([error]) => error ?? undefined);
};

/** The answers to MULTI, to each of `asked`, and to DISCARD. */
const inTransaction = async (redis: Redis, asked: readonly Probe[]): Promise<readonly Answer[]> => {
	const answers = await answersTo(redis, [['multi'], ...asked.map(({ args }) => args), ['discard']]);
	// A connection whose transaction could not be thrown away would take whatever comes next into it.
	if (answers[0] === undefined && answers.at(-1) !== undefined) redis.disconnect(true);
	return answers;
};

/**
 * Asks Redis about all that the gateway needs, and changes nothing: commands are queued in a transaction, which tells of each
 * whether it may be run, and the transaction is thrown away. `subscriber`: a connection that may subscribe; undefined: that is
 * not asked.
 */
export const checkFitness = async (commands: Redis, subscriber: Redis | undefined): Promise<Fitness> => {
	try {
		// Without a transaction the rest would be run.
		const framed = await inTransaction(commands, []);
		const unframed = missingAccessOf(framing, framed);
		if (unframed !== undefined) return { kind: 'missingAccess', missing: { ...unframed, isPart: true } };
		if (framed.some((answer) => answer !== undefined)) return fitnessOf(framing, framed);
		const queued = (await inTransaction(commands, probes)).slice(1, -1);
		if (subscriber === undefined) return fitnessOf(probes, queued);
		const heard: Answer = await subscriber.subscribe(subscribing.args[1] ?? '').then(
			() => undefined,
			(error: Error) => error,
		);
		if (heard !== undefined && heard.name !== 'ReplyError') throw heard;
		return fitnessOf([...probes, subscribing], [...queued, heard]);
	} catch (error) {
		return { kind: 'away', code: codeOf(error) };
	}
};
