/** One answer somewhere in a payload, and the typed input that finds it again where lists come in another order. */
export interface Place {
	readonly value: unknown;
	readonly setting: { readonly value: string; readonly valueType: 'msg' | 'jsonata' };
	/** The keys on the way, for telling two places of equal values apart. */
	readonly keys: readonly string[];
}

/** A step from an object or a list to one of its parts, in both languages; `msg` is absent where only JSONata can say it. */
interface Step {
	readonly msg?: string;
	readonly jsonata: string;
}

/** No form has more answers; a payload of a hundred thousand keys holds nobody up. */
const mostPlaces = 500;
const deepest = 10;
/** What names a member of a list, the surest first. */
const identities = [
	'id',
	'ref',
	'key',
	'column_id',
	'questionId',
	'name',
	'field.ref',
	'field.id',
	'field',
	'label',
	'title',
	'question',
	'column_name',
];

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);
const isScalar = (value: unknown): boolean =>
	typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';

const keyStep = (key: string): Step | undefined => {
	if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(key))
		return {
			msg: `.${key}`,
			jsonata: /^(?:and|or|in|true|false|null|function)$/.test(key) ? `.\`${key}\`` : `.${key}`,
		};
	if (/[`\\\r\n]/.test(key)) return undefined;
	return { ...(/["'[\]]/.test(key) ? {} : { msg: `["${key}"]` }), jsonata: `.\`${key}\`` };
};

const identityOf = (member: unknown, identity: string): unknown =>
	identity.split('.').reduce<unknown>((part, key) => (isObject(part) ? part[key] : undefined), member);

/** The predicates that name one member among its list; one that holds the answer itself is none. */
const predicates = (
	list: readonly unknown[],
	member: Readonly<Record<string, unknown>>,
): readonly (readonly [identity: string, step: Step])[] =>
	identities.flatMap((identity) => {
		const name = identityOf(member, identity);
		if (typeof name !== 'string' && typeof name !== 'number') return [];
		if (list.filter((each) => identityOf(each, identity) === name).length !== 1) return [];
		return [[identity, { jsonata: `[${identity}=${JSON.stringify(name)}]` }] as const];
	});

const settingOf = (steps: readonly Step[]): Place['setting'] => {
	if (steps.every(({ msg }) => msg !== undefined))
		return { value: `payload${steps.map(({ msg }) => msg).join('')}`, valueType: 'msg' };
	// JSONata would gather the answers of all leads of a list into one.
	return {
		value: `$type(payload)="object" ? payload${steps.map(({ jsonata }) => jsonata).join('')}`,
		valueType: 'jsonata',
	};
};

/** Every answer of a payload that can be found again by names alone; a member of a list that nothing names is left out. */
export const placesOf = (payload: unknown): readonly Place[] => {
	const found: Place[] = [];
	const walk = (value: unknown, steps: readonly Step[], keys: readonly string[]): void => {
		if (found.length >= mostPlaces || steps.length > deepest) return;
		if (isScalar(value)) {
			found.push({ value, setting: settingOf(steps), keys });
		} else if (Array.isArray(value)) {
			const list = value as readonly unknown[];
			if (list.length > 0 && list.every(isScalar)) {
				found.push({ value: list, setting: settingOf(steps), keys });
				if (list.length === 1) found.push({ value: list[0], setting: settingOf([...steps, { jsonata: '[0]' }]), keys });
				return;
			}
			for (const member of list) {
				if (!isObject(member)) continue;
				for (const [identity, step] of predicates(list, member)) {
					const [own = ''] = identity.split('.');
					for (const [key, inner] of Object.entries(member)) {
						const next = keyStep(key);
						if (next !== undefined && key !== own)
							walk(inner, [...steps, step, next], [...keys, String(identityOf(member, identity)), key]);
					}
				}
			}
		} else if (isObject(value)) {
			for (const [key, inner] of Object.entries(value)) {
				const step = keyStep(key);
				if (step !== undefined) walk(inner, [...steps, step], [...keys, key]);
			}
		}
	};
	if (isObject(payload)) walk(payload, [], []);
	return found;
};
