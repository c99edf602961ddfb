/** What repeated rounds say: the middle, and how far they lie apart. */

const at = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.round((sorted.length - 1) * share))];

/** `{ median, least, most, rounds }` of numbers; of an even count the median is the lower of the two in the middle. */
export const spreadOf = (values) => {
	const sorted = [...values].sort((one, other) => one - other);
	return {
		median: sorted[Math.floor((sorted.length - 1) / 2)],
		least: at(sorted, 0),
		most: at(sorted, 1),
		rounds: values.length,
	};
};

/** Round by round one list over the other: what ran at nearly the same time met the same machine. */
export const ratioOf = (over, under) => spreadOf(over.map((value, round) => value / under[round]));

/** Three digits that count, with thousands parted. */
export const shown = (value) =>
	Math.abs(value) >= 100 ? Math.round(value).toLocaleString('en-US') : String(Number(value.toPrecision(3)));
