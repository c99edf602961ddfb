import { make } from './dom';

const ofToday = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' } as const;
const ofAnotherDay = { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;

/** A time for people, without its day where that is today. */
export const createShownTime = (language?: string): ((ms: number) => string) => {
	const clock = new Intl.DateTimeFormat(language, ofToday);
	const dayAndClock = new Intl.DateTimeFormat(language, ofAnotherDay);
	return (ms) => (new Date(ms).toDateString() === new Date().toDateString() ? clock : dayAndClock).format(ms);
};

/** Short facts in a line; each keeps its own direction of writing. */
export const factsLine = (facts: readonly string[]): readonly (Node | string)[] =>
	facts.filter(Boolean).flatMap((fact, at) => [at === 0 ? '' : ' · ', make('bdi', {}, fact)]);
