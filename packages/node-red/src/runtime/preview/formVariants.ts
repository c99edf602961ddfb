/** Other submissions that the same source could send: what holds for all of them holds for more than the one that was pasted. */

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** A copy with each scalar and each list passed through. */
const mapped = (
	value: unknown,
	scalar: (value: unknown) => unknown,
	list: (members: readonly unknown[]) => readonly unknown[],
): unknown => {
	if (Array.isArray(value)) return list(value.map((each) => mapped(each, scalar, list)));
	if (isObject(value))
		return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, mapped(inner, scalar, list)]));
	return scalar(value);
};

const same = <Value>(value: Value): Value => value;
const reversed = (members: readonly unknown[]): readonly unknown[] => [...members].reverse();

const isPhone = (text: string): boolean => /^[+\d\s().-]{7,}$/.test(text);
const isEmail = (text: string): boolean => /^[^\s@]+@\S+$/.test(text);

/** What somebody else would have answered: one with every value of another shape than the next. */
type Person = (text: string) => string;
const people: readonly Person[] = [
	(text) =>
		isEmail(text)
			? 'omar@example.org'
			: isPhone(text)
				? '+201112223334'
				: /^\S+\s\S+$/.test(text)
					? 'Omar Abdel Rahman Fathy'
					: 'Zamalek',
	(text) =>
		isEmail(text)
			? 'OMAR@EXAMPLE.ORG'
			: isPhone(text)
				? '0551234567'
				: /\s/.test(text)
					? 'Dr. Nour El Din'
					: 'Saudi Arabia',
	(text) => (isEmail(text) ? 'no mail' : isPhone(text) ? '12' : 'سلمى'),
	() => '',
];

/** `answers`: the texts that a person typed; everything else says what the payload is and stays. */
export const formVariants = (payload: unknown, answers: ReadonlySet<string>): readonly unknown[] => {
	const answeredBy = (person: Person): unknown =>
		mapped(
			payload,
			(value) =>
				(typeof value === 'string' || typeof value === 'number') && answers.has(String(value))
					? person(String(value))
					: value,
			same,
		);
	const others = people.map(answeredBy);
	const [another] = others;
	// A single member of a list, such as one message of several, may come with others.
	const doubled = mapped(payload, same, (members) =>
		members.length === 1 && isObject(members[0])
			? [
					...members,
					mapped(
						members[0],
						(value) => (typeof value === 'string' && answers.has(value) ? people[0]?.(value) : value),
						same,
					),
				]
			: members,
	);
	const elsewhere = { name: 'Sara Adel', phone: '+201223334445' };
	return [
		payload,
		mapped(payload, same, reversed),
		...others,
		...others.map((other) => mapped(other, same, reversed)),
		doubled,
		[payload, another],
		[another, payload],
		elsewhere,
	];
};
