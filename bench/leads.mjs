/** The leads of every part: the sample of the API's guide, each with phones of its own, so that nothing can be remembered. */
import { readFileSync } from 'node:fs';

export const sample = JSON.parse(readFileSync(new URL('../test/fixtures/guideLead.json', import.meta.url), 'utf8'));

const eightDigits = (number) => String(10_000_000 + (number % 90_000_000));

/** The sample as lead number `number`. */
export const leadOf = (number) => ({
	...sample,
	leadInformation: { ...sample.leadInformation, phone: `+2010${eightDigits(number)}` },
	additionalPhones: [`+2011${eightDigits(number)}`],
});

/** So many leads, each with another number than any before in this process. */
export const createLeads = () => {
	let next = 0;
	return (count) => Array.from({ length: count }, () => leadOf(next++));
};
