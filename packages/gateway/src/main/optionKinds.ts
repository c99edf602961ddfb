import { signingKey } from '../alerts/signAlert';
import { isShownSecret } from './shownSecrets';
import * as z from 'zod/v4';

/** What people are told of an option, and what its text is read from. */
export type OptionMeta = Readonly<{
	/** As an argument: `--name`. */
	name: string;
	/** As a variable of the environment. */
	env: string;
	/** The text that stands for it where neither is given; empty: none is needed. */
	fallback: string;
	/** What it may be, where that is one of a few. */
	choices?: readonly string[];
	/** Given without a value. */
	isFlag?: true;
	/** What is wrong with it is a whole sentence of its own, which does not repeat the value. */
	saysAll?: true;
	does: string;
}>;

/** What belongs to each schema of the table of options. */
export const optionMeta = z.registry<OptionMeta>();

const numberBetween = (least: number, most: number, isWhole: boolean) => {
	const error = `a ${isWhole ? 'whole ' : ''}number from ${least} to ${most}`;
	const number = z.coerce.number<string>(error).min(least, error).max(most, error);
	// No text at all would be read as 0.
	return z
		.string()
		.min(1, error)
		.pipe(isWhole ? number.int(error) : number);
};

/** Each reads a text, and says in its error what it must be. */
export const whole = (least: number, most: number) => numberBetween(least, most, true);
export const number = (least: number, most: number) => numberBetween(least, most, false);
export const text = () => z.string();
export const choice = <const Choice extends string>(choices: readonly Choice[]) =>
	z.enum(choices, `one of ${choices.join(', ')}`);
export const flag = () => z.enum(['true', 'false'], 'true or false').transform((value) => value === 'true');

/** An address of a Redis, perhaps with a password in it, so that no error repeats it; empty: none. */
export const redisAddress = () =>
	z.string().superRefine((address, context) => {
		if (address === '') return;
		if (!URL.canParse(address)) {
			context.addIssue('The address of Redis is not valid. Enter it as redis://host:6379.');
			return;
		}
		const { protocol, hostname } = new URL(address);
		if (!/^rediss?:$/.test(protocol) || hostname === '')
			context.addIssue('The address of Redis must begin with redis:// or rediss:// and name a host.');
	});

/** A secret of the environment; what is wrong with it is told without a word of it. */
export const secret = (mistakes: { readonly name: string; readonly missing?: string; readonly short: string }) =>
	z.string().superRefine((value, context) => {
		if (value === '') {
			if (mistakes.missing !== undefined) context.addIssue(mistakes.missing);
		} else if (value.length < shortestSecret) context.addIssue(mistakes.short);
		else if (isShownSecret(value))
			context.addIssue(
				`${mistakes.name} stands in a document, so that everybody knows it. Make one of your own, for example with: node -p "crypto.randomBytes(32).toString('hex')"`,
			);
	});

/** What alerts are signed with. A receiver makes bytes of it, so that any other text would be another key there. */
export const alertSecret = () =>
	z.string().superRefine((value, context) => {
		if (value !== '' && (isShownSecret(value) || signingKey(value) === undefined))
			context.addIssue(
				`GATEWAY_ALERT_SECRET must be whsec_ and at least 24 bytes in base64 that nobody can guess. Make one with: node -p "'whsec_' + crypto.randomBytes(32).toString('base64')"`,
			);
	});

/** As long as nobody guesses it in a lifetime, were it letters and digits by chance. */
export const shortestSecret = 16;
