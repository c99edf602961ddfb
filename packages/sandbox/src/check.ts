/**
 * Checks a request's body by the API's guide alone. Nothing here comes from the core's catalog: a property that is
 * wrong in both would otherwise pass every test.
 */
import * as z from 'zod/v4';

const isPhone = (text: string): boolean => {
	if (text.length > 100 || !/^\+?[\d ().-]+$/.test(text)) return false;
	const digits = text.replace(/\D/g, '').length;
	return digits >= 7 && digits <= 15;
};
const isEmail = (text: string): boolean => text.length <= 320 && /^[^\s@]+@[^\s@.]+(?:\.[^\s@.]+)+$/.test(text);

/** A value that may be left out, or null; then it is null. */
const orNull = <Schema extends z.ZodType>(schema: Schema) => schema.nullish().transform((value) => value ?? null);
/** A list that may be left out; then it is empty. A wrong entry is told once, whichever it is. */
const listOf = (must: string, passes: (text: string) => boolean = () => true) =>
	z
		.array(z.unknown(), 'must be an array')
		.refine((all): all is string[] => all.every((each) => typeof each === 'string' && passes(each)), {
			error: `each value in $path must be ${must}`,
		})
		.nullish()
		.transform((value) => (value ?? []) as readonly string[]);

const isBlank = (value: unknown): boolean =>
	value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
/** What must be there is told before what it must be. */
const required = (must: string, passes: (text: string) => boolean = () => true) =>
	z.unknown().transform((value, context) => {
		if (!isBlank(value) && typeof value === 'string' && passes(value)) return value;
		context.addIssue(isBlank(value) ? 'should not be empty' : must);
		return z.NEVER;
	});

const text = z.string('must be a string');
const phone = 'a valid phone number';
const email = z.string('must be an email').refine(isEmail, 'must be an email');

const address = z.object(
	{
		address: orNull(text),
		country: orNull(text),
		city: orNull(text),
		street: orNull(text),
		zip: orNull(text),
	},
	'must be an object',
);

const person = z.object(
	{
		address: z.preprocess((given) => given ?? {}, address),
		salutation: orNull(text),
		firstName: required('must be a string'),
		lastName: orNull(text),
		phone: required(`must be ${phone}`, isPhone),
		email: orNull(email),
		title: orNull(text),
		company: orNull(text),
	},
	'must be an object',
);

const lead = z.object({
	leadInformation: z.preprocess((given) => given ?? {}, person),
	additionalPhones: listOf(phone, isPhone),
	additionalEmails: listOf('an email', isEmail),
	isQualified: orNull(z.boolean('must be a boolean value')),
	leadtype: orNull(text),
	leadSource: orNull(text),
	campaignName: orNull(text),
	setName: orNull(text),
	dealSize: orNull(z.number('must be a number conforming to the specified constraints')),
	region: orNull(text),
	interests: listOf('a string'),
	tags: listOf('a string'),
	leadRating: orNull(z.number('must be a number conforming to the specified constraints')),
	leadDescription: orNull(text),
	customField: orNull(text),
});

/** A request's body that passed: what was not sent is null, or an empty list. */
export type AcceptedLead = z.output<typeof lead>;

export type Check =
	| { readonly ok: true; readonly lead: AcceptedLead; readonly unknownPaths: readonly string[] }
	| { readonly ok: false; readonly messages: readonly string[] };

/** An issue as the API words it: the property first, but where the sentence names it itself. */
const sentence = ({ path, message }: z.core.$ZodIssue): string => {
	const property = path.join('.');
	return message.includes('$path') ? message.replace('$path', property) : `${property} ${message}`;
};

const strangers = (given: unknown, known: object, prefix = ''): readonly string[] =>
	Object.keys(given ?? {})
		.filter((name) => !Object.hasOwn(known, name))
		.map((name) => prefix + name);

/** Body text to an accepted lead, or to the messages of a 400. `unknownPaths` are properties the guide does not name. */
export function checkLead(body: Readonly<Record<string, unknown>>): Check {
	const checked = lead.safeParse(body);
	if (!checked.success) return { ok: false, messages: checked.error.issues.map(sentence) };
	// It passed, so each of the two is an object, null or left out.
	const given = (body['leadInformation'] ?? {}) as Readonly<Record<string, unknown>>;
	const unknownPaths = [
		...strangers(given['address'], address.shape, 'leadInformation.address.'),
		...strangers(given, person.shape, 'leadInformation.'),
		...strangers(body, lead.shape),
	];
	return { ok: true, lead: checked.data, unknownPaths };
}

export type Parsed =
	| { readonly ok: true; readonly body: Readonly<Record<string, unknown>> }
	| { readonly ok: false; readonly message: string };

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** Text to a JSON object, or the sentence of a 400. */
export function parseBody(body: string): Parsed {
	try {
		const given: unknown = JSON.parse(body);
		return isObject(given)
			? { ok: true, body: given }
			: { ok: false, message: 'The request body must be a JSON object' };
	} catch (error) {
		return { ok: false, message: error instanceof Error ? error.message : 'The request body is not JSON' };
	}
}
