import { partitionOf } from '../store/entry';
import { type AnswerHistory, afterAnswer, type LineFacts, noAnswers } from './mayLeave';
import { type Answer, eventsOf } from '@icloud-ready/core';

/** Notes what happens to leads, for whoever reckons when the next one could have left. Times: see `LineFacts`. */
export interface LeavingFacts {
	/** A lead leaves; the returned function says that its answer is there. */
	readonly left: (id: string, nowMs: number) => () => void;
	readonly answered: (partition: string, answer: Answer, nowMs: number) => void;
	/** What held back this partition is over, as somebody knows. */
	readonly mended: (partition: string) => void;
	/** What is known of a partition of which leads wait, looked at again and again. `first`: the first of them. */
	readonly of: (
		partition: string,
		first: string,
		nowMs: number,
	) => Pick<LineFacts, 'turnAtMs' | 'leftAtMs' | 'answers' | 'onTheWay'>;
	/** All partitions were looked at: what is not needed any more is forgotten. `waits`: whether leads of it wait. */
	readonly looked: (waits: (partition: string) => boolean, nowMs: number) => void;
}

/** Those who wait for each other. */
interface Line {
	onTheWay: number;
	leftAtMs: number | undefined;
	/** The first of those that left since the last look: whoever came before it did not wait for it. */
	firstLeft: string | undefined;
}

interface Means {
	readonly groupOf: (partition: string) => string;
	/** Whether no lead of this partition's key was ever accepted: such keys are tried one after the other. */
	readonly isUnverified: (partition: string) => boolean;
}

/** Whoever makes up keys fills no memory with them. */
const mostHistories = 20_000;
/** The name of the line that all keys share that were never accepted; no group has it. */
const unverifiedLine = '\n';

export const createLeavingFacts = ({ groupOf, isUnverified }: Means): LeavingFacts => {
	const lines = new Map<string, Line>();
	const shared = new Map<string, AnswerHistory>();
	const own = new Map<string, AnswerHistory>();
	/** Since when it is whose turn, and in which line: a key that was accepted for the first time begins to wait in another. */
	const turns = new Map<string, { readonly line: string; readonly atMs: number }>();
	const lineName = (partition: string): string => (isUnverified(partition) ? unverifiedLine : groupOf(partition));
	const lineOf = (name: string): Line => {
		const line = lines.get(name) ?? { onTheWay: 0, leftAtMs: undefined, firstLeft: undefined };
		lines.set(name, line);
		return line;
	};
	const tell = (all: Map<string, AnswerHistory>, name: string, answer: Answer, nowMs: number): void => {
		const after = afterAnswer(all.get(name) ?? noAnswers, answer, nowMs);
		all.delete(name);
		if (after.refusal !== undefined || after.unanswered > 0) all.set(name, after);
		const [oldest] = all.keys();
		if (all.size > mostHistories && oldest !== undefined) all.delete(oldest);
	};
	return {
		left: (id, nowMs) => {
			const line = lineOf(lineName(partitionOf(id)));
			line.onTheWay++;
			line.leftAtMs = nowMs;
			if (line.firstLeft === undefined || id < line.firstLeft) line.firstLeft = id;
			turns.delete(partitionOf(id));
			return () => {
				line.onTheWay--;
			};
		},
		answered: (partition, answer, nowMs) => {
			const events = eventsOf(answer);
			tell(shared, groupOf(partition), events.shared, nowMs);
			tell(own, partition, events.organization, nowMs);
		},
		mended: (partition) => {
			shared.delete(groupOf(partition));
			own.delete(partition);
		},
		of: (partition, first, nowMs) => {
			const name = lineName(partition);
			const { firstLeft, leftAtMs, onTheWay } = lineOf(name);
			const hadItsTurn = firstLeft === undefined || (name !== unverifiedLine && firstLeft > first);
			const turn = turns.get(partition);
			const turnAtMs = hadItsTurn && turn?.line === name ? turn.atMs : nowMs;
			turns.set(partition, { line: name, atMs: turnAtMs });
			const all = [shared.get(groupOf(partition)), own.get(partition)];
			return { turnAtMs, leftAtMs, onTheWay, answers: all.filter((each) => each !== undefined) };
		},
		looked: (waits, nowMs) => {
			for (const partition of [...turns.keys()]) if (!waits(partition)) turns.delete(partition);
			for (const [name, line] of [...lines]) {
				line.firstLeft = undefined;
				if (line.onTheWay === 0 && nowMs - (line.leftAtMs ?? 0) > 3_600_000) lines.delete(name);
			}
		},
	};
};
