import { fieldAt } from '../../catalog/fields';
import { normalizeKey } from '../../text/text';
import type { NameMeaning } from './meaning';

/** Groups that have an id, a name and a title of their own, which are never a person's. */
const things = new Set([
	'form',
	'page',
	'ad',
	'adset',
	'adgroup',
	'adsquad',
	'campaign',
	'site',
	'account',
	'advertiser',
	'product',
	'project',
	'property',
	'unit',
	'meta',
	'event',
]);
/** Groups of somebody else, whose name, phone and email are not the lead's. */
const others = new Set([
	'agent',
	'broker',
	'salesperson',
	'salesrep',
	'assignee',
	'assignedto',
	'referrer',
	'emergencycontact',
	'company',
	'organization',
	'developer',
]);
/** Groups that say how a visitor came; nothing in them is an answer. */
const origins = new Set(['utm', 'utms', 'utmparams', 'utmparameters', 'tracking', 'attribution']);

/** Keys that say nothing without the group they stand in. */
const generic = new Set([
	'id',
	'name',
	'title',
	'description',
	'url',
	'link',
	'type',
	'status',
	'slug',
	'source',
	'medium',
	'campaign',
	'term',
	'content',
]);

const ofPerson: ReadonlySet<NameMeaning> = new Set<NameMeaning>([
	'fullName',
	'leadInformation.firstName',
	'leadInformation.lastName',
	'leadInformation.title',
	'leadDescription',
]);
const reachesPerson: ReadonlySet<NameMeaning> = new Set<NameMeaning>([
	'leadInformation.phone',
	'leadInformation.email',
]);

/** The name of the group that a value stands in, made comparable. */
const parentOf = (from: string): string => normalizeKey(from.split('.').at(-2) ?? '');

/** What a `name`, `first` or `number` within a group means: `company.name` is the company, `name.first` the first name. */
export const inGroup = (
	found: NameMeaning,
	key: string,
	from: string,
	named: (name: string) => NameMeaning,
): NameMeaning => {
	const parent = parentOf(from);
	if (origins.has(parent)) return undefined;
	const group = named(parent);
	if (found === undefined) {
		if (group === 'fullName') return named(`${key}name`);
		return group === 'leadInformation.phone' && /number|national|^value$/i.test(key) ? group : undefined;
	}
	const kind = found === 'fullName' && group !== undefined && group !== 'fullName' ? fieldAt(group)?.kind : undefined;
	if (kind === 'text' || kind === 'choice' || kind === 'country') return group;
	const foreign =
		(ofPerson.has(found) && (things.has(parent) || others.has(parent))) ||
		(reachesPerson.has(found) && others.has(parent));
	return foreign ? undefined : found;
};

/** The name of the group to say before a key that says nothing alone, or of somebody else: `form_name`, `agent_phone`. */
export const groupToSay = (key: string, from: string): string | undefined => {
	const parent = parentOf(from);
	if (others.has(parent)) return parent;
	if (!generic.has(normalizeKey(key)) || !(things.has(parent) || origins.has(parent))) return undefined;
	return parent.startsWith('utm') ? 'utm' : parent;
};
