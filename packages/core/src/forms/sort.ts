import { fieldAt } from '../catalog/fields';
import { isEmpty } from '../reading/coerce';
import { type Steps, stride } from '../text/steps';
import type { ReadingSettings } from '../values/readingSettings';
import type { Answer, Submission } from './answer';
import { inContext } from './evidence/context';
import { type Evidence, evidenceOf } from './evidence/evidenceOf';
import { samePerson } from './evidence/numbered';
import { groupsOf } from './evidence/standing';
import { emptyFields, type Filled } from './filled';
import { answerText, fitted, isNested, readAs } from './fitted';
import { isOfDevice, isSecretKey } from './match/secret';
import { looksLikeEmail } from './match/valueKind';
import { withoutSecrets } from './match/withoutSecrets';
import { mostRead } from './mostRead';
import { firstNamePath, placeNames, salutationOf, salutationPath, titleApart } from './names';

export const phonePath = 'leadInformation.phone';

/** Where a second answer for a filled field goes. */
const overflow: Readonly<Record<string, string>> = {
	[phonePath]: 'additionalPhones',
	'leadInformation.email': 'additionalEmails',
};

/** Nobody has more phones; reading one takes long. */
const mostOfOne = 200;

const isKept = ({ key, value }: Answer): boolean => !isEmpty(value) && !isSecretKey(key) && !isOfDevice(value);

/** Several phones or emails in one answer, each by itself. */
const each = (path: string, value: unknown): readonly unknown[] => {
	if (overflow[path] === undefined) return [value];
	if (Array.isArray(value)) return value as readonly unknown[];
	const parts =
		path !== phonePath && typeof value === 'string' && value.length < 1000
			? value.split(/[\s,،;؛/]+/).filter((part) => part !== '')
			: [];
	return parts.length > 1 && parts.every(looksLikeEmail) ? parts : [value];
};

const placeOne = (path: string, given: Answer, { why }: Evidence, into: Filled, settings: ReadingSettings): void => {
	// A message may be JSON text, or an address with a key to a door.
	const left = withoutSecrets(given.value);
	if (left === undefined) return;
	const answer = left === given.value ? given : { ...given, value: left };
	const read = fitted(path, answer.value, settings);
	const value = path === salutationPath && typeof read === 'string' ? salutationOf(read) : read;
	const more = overflow[path];
	if (value === undefined) return into.moved(path, answer);
	if (Array.isArray(value)) return into.append(path, answer, value);
	if (!into.matched.has(path)) return into.fill(path, answer, value, why);
	if (more === undefined) return into.keep(answer, answer.value);
	// A second phone or email: the very same adds nothing, and "same number" must not stop the lead.
	const [first, second] = [into.matched.get(path)?.value, value].map((one) => readAs(path, one, settings));
	if (second === undefined) into.moved(more, answer);
	else if (second !== first) into.append(more, answer, [value]);
};

const place = (path: string, answer: Answer, evidence: Evidence, into: Filled, settings: ReadingSettings): void => {
	const values = each(path, answer.value);
	if (values.length === 1 && values[0] === answer.value) return placeOne(path, answer, evidence, into, settings);
	for (const value of values.slice(0, mostOfOne))
		if (!isEmpty(value)) placeOne(path, { ...answer, value }, evidence, into, settings);
	if (values.length > mostOfOne) into.keep(answer, values.slice(mostOfOne));
};

/** How much speaks at most for each field. */
const heaviest = (evidence: readonly Evidence[]): ReadonlyMap<string, number> => {
	const most = new Map<string, number>();
	for (const { meaning, weight } of evidence) {
		if (meaning !== undefined) most.set(meaning, Math.max(weight, most.get(meaning) ?? weight));
	}
	return most;
};

const byWeight = (one: Answer, other: Answer): number => evidenceOf(other).weight - evidenceOf(one).weight;

/** Groups beside the form that name somebody else than it does. */
const namedBeside = (beside: readonly Answer[], { matched }: Filled): ReadonlySet<string> => {
	const first = matched.get(firstNamePath)?.value;
	if (typeof first !== 'string') return new Set();
	const named = beside.filter((answer) => {
		const { meaning } = evidenceOf(answer);
		const isName = meaning === 'fullName' || meaning === firstNamePath;
		return isName && groupsOf(answer.from) !== '' && !samePerson(first, answerText(answer.value));
	});
	return new Set(named.map(({ from }) => groupsOf(from)));
};

/** What came beside the form fills what is open, and is kept like an answer where it is not. */
const placeBeside = (beside: readonly Answer[], into: Filled, settings: ReadingSettings): void => {
	const kept = beside.filter(isKept);
	const others = namedBeside(kept, into);
	for (const answer of kept) {
		const evidence = evidenceOf(answer);
		const { meaning } = evidence;
		if (others.has(groupsOf(answer.from))) into.keep({ ...answer, whose: 'other' }, answer.value);
		else if (meaning === 'fullName') placeNames([answer], into);
		else if (meaning === undefined || meaning === 'customField' || into.matched.has(meaning))
			into.keep(answer, answer.value);
		else place(meaning, answer, evidence, into, settings);
	}
};

/** What keeps an answer out is soon told. */
const keptStride = 512;

/** Every answer on the field for which most speaks, or in Custom Field under the question's own words. None is dropped. */
export function* sortSteps(
	{ answers, known = [], extra = {}, beside = [] }: Submission,
	settings: ReadingSettings,
): Steps<Filled> {
	const into = emptyFields();
	const names: Answer[] = [];
	const later: Answer[] = [];
	const kept: Answer[] = [];
	for (const [at, answer] of answers.entries()) {
		if (at % keptStride === keptStride - 1) yield;
		if (isKept(answer)) kept.push(answer);
	}
	const first = kept.slice(0, mostRead);
	if (first.length > stride)
		for (const [at, answer] of first.entries()) {
			// Known from here on: it is asked about again and again.
			evidenceOf(answer);
			if (at % stride === stride - 1) yield;
		}
	const read = inContext(first);
	const evidence = read.map(evidenceOf);
	const most = heaviest(evidence);
	for (const [at, answer] of read.entries()) {
		if (at % stride === stride - 1) yield;
		const own = evidence[at] ?? evidenceOf(answer);
		const { meaning, weight, why } = own;
		if (meaning === 'fullName' && !isNested(answer.value)) names.push(answer);
		else if (meaning === undefined || meaning === 'fullName' || meaning === 'customField')
			into.keep(answer, answer.value, why);
		else if (weight < (most.get(meaning) ?? weight)) later.push(answer);
		else place(meaning, answer, own, into, settings);
	}
	// What less speaks for, such as another phone or that of work, comes after the first to call.
	for (const answer of later.sort(byWeight)) {
		const own = evidenceOf(answer);
		place(own.meaning ?? '', answer, own, into, settings);
	}
	placeNames(names.sort(byWeight), into);
	titleApart(into);
	for (let at = mostRead; at < kept.length; at++) {
		const answer = kept[at];
		if (answer !== undefined) into.keepLate(answer);
		if (at % stride === stride - 1) yield;
	}
	into.close();
	for (const { field, value, from } of known) {
		if (isEmpty(value)) continue;
		if (!into.matched.has(field)) into.fill(field, { from }, value);
		else if (into.matched.get(field)?.value !== value) into.keep({ key: fieldAt(field)?.name ?? field }, value);
	}
	placeBeside(beside, into, settings);
	for (const [name, value] of Object.entries(extra)) if (!isEmpty(value)) into.keep({ key: name }, value);
	into.close();
	return into;
}
