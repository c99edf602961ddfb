import type { FieldSetting } from '../config/fieldSettings';
import type { FieldValues } from '../message/evaluateFields';
import { type Draft, readMessage } from '../message/readMessage';
import { formVariants } from './formVariants';
import { type Place, placesOf } from './places';
import { fields, type Matched, type ReadingSettings, splitName } from '@icloud-ready/core';
import { isDeepStrictEqual } from 'node:util';

/** What the dialog's own fields can say of a form without making a worse lead of any submission. */
export interface OwnFields {
	/** Each with the place in the message that holds it. */
	readonly fields: readonly FieldSetting[];
	/** Dotted API paths that only reading the form finds. */
	readonly left: readonly string[];
}

/** How many places that hold the same value are tried for a field. */
const mostTried = 6;

const text = (value: unknown): string =>
	(Array.isArray(value) ? JSON.stringify(value.map(String)) : String(value)).trim();

/** Places that may be where a value came from; the one that the reading names comes first. */
const candidates = (places: readonly Place[], { field, from, value, was }: Matched): readonly Place[] => {
	const wanted = text(was ?? value);
	const holds = (place: Place): boolean => {
		if (text(place.value) === wanted) return true;
		return (
			field === 'leadInformation.firstName' &&
			typeof place.value === 'string' &&
			splitName(place.value).firstName === value
		);
	};
	const named = ({ keys }: Place): boolean => keys.some((key) => from === key || from.endsWith(`.${key}`));
	const holding = places.filter(holds);
	return [...holding.filter(named), ...holding.filter((place) => !named(place))].slice(0, mostTried);
};

const told = (drafts: readonly Draft[]): readonly unknown[] =>
	drafts.map((draft) => (draft.kind === 'draft' ? draft.draft : draft));

/** The texts of a payload that its reading took as answers. */
const answersOf = (payload: unknown, matched: readonly Matched[]): ReadonlySet<string> => {
	const taken = JSON.stringify(matched.map(({ value, was }) => [value, was]));
	return new Set(
		placesOf(payload)
			.flatMap(({ value }) => (typeof value === 'string' || typeof value === 'number' ? [String(value)] : []))
			.filter((each) => each.length > 1 && taken.includes(JSON.stringify(each).slice(1, -1))),
	);
};

interface Asked {
	readonly payload: unknown;
	readonly settings: ReadingSettings;
	/** The dialog's present fields, which win and stay. */
	readonly present: readonly FieldSetting[];
	readonly evaluate: (settings: readonly FieldSetting[], payload: unknown) => Promise<FieldValues>;
}

/**
 * The fields of a form that can be placed: with them the node makes the same drafts of the payload as without, of the
 * same payload in another order, and of what others could send. A field is placed only where that holds for all.
 */
export const ownFields = async ({ payload, settings, present, evaluate }: Asked): Promise<OwnFields> => {
	const [first] = readMessage('form', payload, [], settings);
	const matched = first?.kind === 'draft' ? (first.reading.matched ?? []) : [];
	const source = first?.kind === 'draft' ? first.reading.source : undefined;
	const taken = new Set(present.map(({ field }) => field));
	const open = matched.filter(({ field, from }) => !taken.has(field) && field !== 'customField' && from !== source);
	const places = placesOf(payload);
	const variants = formVariants(payload, answersOf(payload, matched));
	const read = async (chosen: readonly FieldSetting[], variant: unknown): Promise<readonly unknown[]> =>
		told(readMessage('form', variant, await evaluate([...present, ...chosen], variant), settings));
	const before = await Promise.all(variants.map(async (variant) => await read([], variant)));
	const isSame = async (chosen: readonly FieldSetting[]): Promise<boolean> => {
		for (const [index, variant] of variants.entries()) {
			const after = await read(chosen, variant).catch(() => undefined);
			if (!isDeepStrictEqual(after, before[index])) return false;
		}
		return true;
	};
	let chosen: readonly FieldSetting[] = [];
	for (const entry of open) {
		for (const { setting } of candidates(places, entry)) {
			const more = [...chosen, { field: entry.field, ...setting }];
			if (!(await isSame(more))) continue;
			chosen = more;
			break;
		}
	}
	const placed = new Set(chosen.map(({ field }) => field));
	const order = new Map<string, number>(fields.map(({ path }, index) => [path, index] as const));
	const left = matched.map(({ field }) => field).filter((field) => !placed.has(field) && !taken.has(field));
	return {
		fields: [...chosen].sort((one, other) => (order.get(one.field) ?? 0) - (order.get(other.field) ?? 0)),
		left,
	};
};
