/**
 * Checks a request's body by the API's guide alone. Nothing here comes from the core's catalog: a property that is
 * wrong in both would otherwise pass every test.
 */

interface RuleValues {
	text: string | null;
	phone: string | null;
	email: string | null;
	number: number | null;
	boolean: boolean | null;
	textList: readonly string[];
	phoneList: readonly string[];
	emailList: readonly string[];
}
type Rule = keyof RuleValues;
type Rules = Readonly<Record<string, Rule>>;
type Checked<R extends Rules> = { readonly [Name in keyof R]: RuleValues[R[Name]] };

const addressRules = {
	address: 'text',
	country: 'text',
	city: 'text',
	street: 'text',
	zip: 'text',
} as const satisfies Rules;

const personRules = {
	salutation: 'text',
	firstName: 'text',
	lastName: 'text',
	phone: 'phone',
	email: 'email',
	title: 'text',
	company: 'text',
} as const satisfies Rules;

const leadRules = {
	additionalPhones: 'phoneList',
	additionalEmails: 'emailList',
	isQualified: 'boolean',
	leadtype: 'text',
	leadSource: 'text',
	campaignName: 'text',
	setName: 'text',
	dealSize: 'number',
	region: 'text',
	interests: 'textList',
	tags: 'textList',
	leadRating: 'number',
	leadDescription: 'text',
	customField: 'text',
} as const satisfies Rules;

const required: readonly string[] = ['leadInformation.firstName', 'leadInformation.phone'];

/** A request's body that passed: what was not sent is null, or an empty list. */
export interface AcceptedLead extends Checked<typeof leadRules> {
	readonly leadInformation: Checked<typeof personRules> & { readonly address: Checked<typeof addressRules> };
}

export type Check =
	| { readonly ok: true; readonly lead: AcceptedLead; readonly unknownPaths: readonly string[] }
	| { readonly ok: false; readonly messages: readonly string[] };

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

const isPhone = (value: unknown): boolean => {
	if (typeof value !== 'string' || value.length > 100 || !/^\+?[\d ().-]+$/.test(value)) return false;
	const digits = value.replace(/\D/g, '').length;
	return digits >= 7 && digits <= 15;
};
const isEmail = (value: unknown): boolean =>
	typeof value === 'string' && value.length <= 320 && /^[^\s@]+@[^\s@.]+(?:\.[^\s@.]+)+$/.test(value);
const isText = (value: unknown): boolean => typeof value === 'string';

const eachValue = (path: string, value: unknown, passes: (item: unknown) => boolean, must: string): string | null => {
	if (!Array.isArray(value)) return `${path} must be an array`;
	return value.every(passes) ? null : `each value in ${path} must be ${must}`;
};

function complaint(rule: Rule, path: string, value: unknown): string | null {
	switch (rule) {
		case 'text':
			return isText(value) ? null : `${path} must be a string`;
		case 'phone':
			return isPhone(value) ? null : `${path} must be a valid phone number`;
		case 'email':
			return isEmail(value) ? null : `${path} must be an email`;
		case 'number':
			return typeof value === 'number' ? null : `${path} must be a number conforming to the specified constraints`;
		case 'boolean':
			return typeof value === 'boolean' ? null : `${path} must be a boolean value`;
		case 'textList':
			return eachValue(path, value, isText, 'a string');
		case 'phoneList':
			return eachValue(path, value, isPhone, 'a valid phone number');
		case 'emailList':
			return eachValue(path, value, isEmail, 'an email');
	}
}

/** Body text to an accepted lead, or to the messages of a 400. `unknownPaths` are properties the guide does not name. */
export function checkLead(body: Readonly<Record<string, unknown>>): Check {
	const messages: string[] = [];
	const unknownPaths: string[] = [];

	const part = (source: Readonly<Record<string, unknown>>, name: string): Readonly<Record<string, unknown>> => {
		const value = source[name] ?? {};
		if (isObject(value)) return value;
		messages.push(`${name === 'address' ? 'leadInformation.address' : name} must be an object`);
		return {};
	};

	const read = <R extends Rules>(
		rules: R,
		source: Readonly<Record<string, unknown>>,
		prefix: string,
		parts: readonly string[],
	) => {
		const checked: Record<string, unknown> = {};
		for (const [name, rule] of Object.entries(rules)) {
			const path = prefix + name;
			const value = source[name] ?? null;
			checked[name] = value ?? (rule.endsWith('List') ? [] : null);
			if (required.includes(path) && (value === null || (typeof value === 'string' && value.trim() === ''))) {
				messages.push(`${path} should not be empty`);
				continue;
			}
			const wrong = value === null ? null : complaint(rule, path, value);
			if (wrong) messages.push(wrong);
		}
		for (const name of Object.keys(source))
			if (!Object.hasOwn(rules, name) && !parts.includes(name)) unknownPaths.push(prefix + name);
		return checked as Checked<R>;
	};

	const person = part(body, 'leadInformation');
	const address = read(addressRules, part(person, 'address'), 'leadInformation.address.', []);
	const leadInformation = { ...read(personRules, person, 'leadInformation.', ['address']), address };
	const rest = read(leadRules, body, '', ['leadInformation']);
	if (messages.length > 0) return { ok: false, messages };
	return { ok: true, lead: { ...rest, leadInformation }, unknownPaths };
}

export type Parsed =
	| { readonly ok: true; readonly body: Readonly<Record<string, unknown>> }
	| { readonly ok: false; readonly message: string };

/** Text to a JSON object, or the sentence of a 400. */
export function parseBody(text: string): Parsed {
	try {
		const body: unknown = JSON.parse(text);
		return isObject(body) ? { ok: true, body } : { ok: false, message: 'The request body must be a JSON object' };
	} catch (error) {
		return { ok: false, message: error instanceof Error ? error.message : 'The request body is not JSON' };
	}
}
