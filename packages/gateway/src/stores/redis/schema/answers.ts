import * as z from 'zod/v4';

const count = z.coerce.number().pipe(z.int().min(0));

/** What Redis answers to TIME, in ms since 1970; a time that is none is the beginning of time, when every pause is count. */
const redisTime = z
	.tuple([z.coerce.number(), z.coerce.number()])
	.transform(([seconds, microseconds]) => seconds * 1000 + microseconds / 1000)
	.catch(0);

export const redisNowMs = (time: unknown): number => redisTime.parse(time);

/** A number that a key holds, counted up by somebody; 0 where it holds none. */
export const counted = count.catch(0);

/** The first member of a sorted set with its score; undefined where there is none. */
export const firstScored = z
	.tuple([z.string(), z.coerce.number()])
	.transform(([, score]) => score)
	.optional()
	.catch(undefined);

/** A text that a key holds; null where it holds none, or something else. */
export const textOrNull = z.string().nullable().catch(null);

/** The only text of an MGET, which gives null also where something else than a text is kept. */
export const firstText = z
	.tuple([z.string().nullable()])
	.transform(([text]) => text)
	.catch(null);

/** What ZMSCORE answers: a score for each member, null for one that is not there. */
export const scores = z.array(z.string().nullable());

/** How many leads stand where, and the first one of those that wait. */
export const queueCounts = z.tuple([count, count, count, count, count, z.array(z.string())]);

/** The answers to a pipeline, each of which must have been carried out. Throws what Redis said to the first that was not. */
export const answersOf = (answers: readonly (readonly [error: Error | null, value: unknown])[] | null): unknown[] =>
	(answers ?? []).map(([error, value]) => {
		if (error !== null) throw error;
		return value;
	});

/**
 * The same where a key may hold anything: what Redis refused to one command is undefined. Throws where it did not say, as where
 * a connection breaks in the middle of its answers.
 */
export const answersAsFar = (
	answers: readonly (readonly [error: Error | null, value: unknown])[] | null,
): readonly unknown[] =>
	(answers ?? []).map(([error, value]) => {
		if (error !== null && error.name !== 'ReplyError') throw error;
		return value;
	});
