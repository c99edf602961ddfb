import type { Language } from '../text/language';
import { choices } from './choices';
import { countryCode } from './country';
import type { PhoneHandling } from './phone';

/** How a draft is read. */
export interface ReadingSettings {
	/** Country of phone numbers that have none of their own, as an alpha-2 code or as people write it. @default 'EG' */
	readonly defaultCountry: string;
	/** What is done with a phone before it is sent. @default 'normalize' */
	readonly phone: PhoneHandling;
	/**
	 * Whether a chat or call without a name gives its phone as First Name, with a warning; else it is refused for want of one.
	 * @default true
	 */
	readonly phoneAsName: boolean;
	/** The language of warnings. @default 'en' */
	readonly language?: Language;
}

/** Reading as it is without any setting of the user's: the home market, phones made international. */
export const defaultReading: ReadingSettings = {
	defaultCountry: 'EG',
	phone: choices.phone[0],
	phoneAsName: true,
};

/** Settings of which some are left out, or present without a value, filled up from `defaults`. */
export const withDefaults = <Settings extends object>(defaults: Settings, given: Partial<Settings>): Settings => {
	const filled = { ...defaults };
	for (const name of Object.keys(given) as (keyof Settings)[]) {
		const value = given[name];
		if (value !== undefined) filled[name] = value;
	}
	return filled;
};

/** Complete reading settings; the default country may come as people write it, such as `eg` or `Egypt`. */
export const readingOf = (given: Partial<ReadingSettings>): ReadingSettings => {
	const reading = withDefaults(defaultReading, given);
	return { ...reading, defaultCountry: countryCode(reading.defaultCountry) ?? reading.defaultCountry };
};
