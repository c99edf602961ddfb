import type { Language } from '../text/language';
import { countryCode } from './country';
import type { PhoneHandling } from './phone';

/** How a draft is read. */
export interface ReadingSettings {
	/** Alpha-2 country of phone numbers that have none of their own. */
	readonly defaultCountry: string;
	readonly phone: PhoneHandling;
	/**
	 * Whether a chat or call without a name gives its phone as First Name, with a warning; else it is refused for want of one.
	 * @default true
	 */
	readonly phoneAsName?: boolean;
	/** The language of warnings; English where none is named. */
	readonly language?: Language;
}

/** Reading as it is without any setting of the user's: the home market, phones made international. */
export const defaultReading: ReadingSettings = { defaultCountry: 'EG', phone: 'normalize' };

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
