import { onFirstUse } from '../../text/onFirstUse';

/** A counted noun in the case that its sentence asks for. */
export interface CountedNoun {
	/** For nothing at all, such as "less than a second". */
	readonly zero: string;
	/** For one, with its own word for one. */
	readonly one: string;
	/** The dual, which holds its number in itself. */
	readonly two: string;
	/** Behind a number whose last two digits are 3 to 10. */
	readonly few: string;
	/** Behind a number whose last two digits are 11 to 99. */
	readonly many: string;
	/** Behind hundreds, thousands and fractions. */
	readonly other: string;
}

const rules = onFirstUse(() => new Intl.PluralRules('ar'));
const numbers = onFirstUse(() => new Intl.NumberFormat('ar-EG-u-nu-latn'));

/** A number as Arabic texts here show it: Latin digits, with separators from 1,000 on. */
export const shownNumber = (value: number): string => numbers().format(value);

/** A number with its noun. `count`: 0 or more. */
export const counted = (count: number, noun: CountedNoun): string => {
	const form = rules().select(count);
	switch (form) {
		case 'zero':
		case 'one':
		case 'two':
			return noun[form];
		case 'few':
		case 'many':
		case 'other':
			return `${shownNumber(count)} ${noun[form]}`;
	}
};

/** Behind a verb or a preposition, such as خلال or انتظر or منذ. */
export const secondNoun: CountedNoun = {
	zero: 'أقل من ثانية',
	one: 'ثانية واحدة',
	two: 'ثانيتين',
	few: 'ثوانٍ',
	many: 'ثانية',
	other: 'ثانية',
};

/** Behind a verb or a preposition. */
export const minuteNoun: CountedNoun = {
	zero: 'أقل من دقيقة',
	one: 'دقيقة واحدة',
	two: 'دقيقتين',
	few: 'دقائق',
	many: 'دقيقة',
	other: 'دقيقة',
};

/** Behind a verb or a preposition. */
export const dayNoun: CountedNoun = {
	zero: 'أقل من يوم',
	one: 'يوم واحد',
	two: 'يومين',
	few: 'أيام',
	many: 'يومًا',
	other: 'يوم',
};

/** Behind a colon. */
export const attemptNoun: CountedNoun = {
	zero: 'لا محاولات',
	one: 'محاولة واحدة',
	two: 'محاولتان',
	few: 'محاولات',
	many: 'محاولة',
	other: 'محاولة',
};

/** As the subject of a verb, such as ينتظر. */
export const leadNoun: CountedNoun = {
	zero: 'لا أحد',
	one: 'عميل واحد',
	two: 'عميلان',
	few: 'عملاء',
	many: 'عميلًا',
	other: 'عميل',
};
