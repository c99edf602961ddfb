/** Leads for a soak: most are good, and of some the sandbox makes a fault by their email. What each must end as is known. */

/** `share` in a thousand; `exists`: whether the API creates it. A refused key is not among them, since it rightly stops all others. */
const kinds = [
	{ email: 'lost@sandbox.test', outcome: 'unconfirmed', exists: true, share: 20 },
	{ email: 'cut@sandbox.test', outcome: 'unconfirmed', exists: false, share: 20 },
	{ email: 'status-500@sandbox.test', outcome: 'unconfirmed', exists: false, share: 20 },
	{ email: 'status-503@sandbox.test', outcome: 'unconfirmed', exists: false, share: 10 },
	{ email: 'html@sandbox.test', outcome: 'unconfirmed', exists: false, share: 10 },
	{ email: 'slow-1@sandbox.test', outcome: 'created', exists: true, share: 20 },
	{ email: 'slow-12@sandbox.test', outcome: 'unconfirmed', exists: true, share: 5 },
	{ email: 'status-400@sandbox.test', outcome: 'invalid', exists: false, share: 20 },
	{ email: 'no address', outcome: 'invalid', exists: false, share: 20 },
	{ email: 'status-404@sandbox.test', outcome: 'failed', exists: false, share: 10 },
	{ email: 'redirect@sandbox.test', outcome: 'failed', exists: false, share: 10 },
];

const kindOf = (chance) => {
	let rest = chance * 1000;
	for (const kind of kinds) {
		rest -= kind.share;
		if (rest < 0) return kind;
	}
	return { email: undefined, outcome: 'created', exists: true };
};

/**
 * Makes batches of `size` leads, each with a phone of its own but the last one, which repeats the first. `expected` knows
 * what those must end as that were `taken`: what a host refuses as a whole never entered it.
 */
export const createLeads = (size) => {
	const expected = { entered: 0, exists: 0, outcomes: {} };
	let next = 10_000_000;
	const note = ({ outcome, exists }) => {
		expected.entered++;
		expected.exists += exists ? 1 : 0;
		expected.outcomes[outcome] = (expected.outcomes[outcome] ?? 0) + 1;
	};
	const lead = ({ email }) => ({
		firstName: 'Mona',
		phone: `+2010${next++}`,
		...(email === undefined ? {} : { email }),
	});
	const batch = () => {
		const made = [
			{ outcome: 'created', exists: true },
			...Array.from({ length: size - 2 }, () => kindOf(Math.random())),
		];
		const leads = made.map(lead);
		return {
			leads: [...leads, { ...leads[0] }],
			taken: () => [...made, { outcome: 'duplicate', exists: false }].forEach(note),
		};
	};
	return { batch, expected };
};
