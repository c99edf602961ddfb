/** Sides are run in turns, so that what else the machine does meets all of them; each second round goes the other way round. */

/** Runs each of `sides` once in each round; resolves with what each gave, by its name. */
export const interleaved = async (sides, rounds, log = () => undefined) => {
	const names = Object.keys(sides);
	const found = Object.fromEntries(names.map((name) => [name, []]));
	for (let round = 0; round < rounds; round++) {
		for (const name of round % 2 === 0 ? names : [...names].reverse()) {
			found[name].push(await sides[name](round));
			log(`round ${round + 1} of ${rounds}: ${name}`);
		}
	}
	return found;
};
