import { memoize } from '../../text/memoize';
import { westernDigits, wordsOf } from '../../text/text';
import { roleOfWord } from './roleWords';

/** What builders and people put around a field's name, and what says nothing of it. */
const decoration = new Set(
	wordsOf(
		'input field fields fld txt text textbox tb tbx lbl inp frm ctl ctrl mf cf wpcf cff gf ff nf el elementor et pb wpforms wpf fluent ' +
			'forminator acf mc q que question questions answer answers ans a no label item entry your my the col column untitled ' +
			'value data f req required optional primary main push notify سؤال السؤال حقل إجابة الإجابة خانة',
	),
);

/** "1- ", "2) ", "Q3: ", "q5_", "No Label " before a label. */
const leading =
	/^(?:no[\s_-]?label|untitled|(?:q|question|field|input|س|سؤال)[\s_-]?\d{1,3}|[([]?\d{1,3}[)\]]?)(?:[\s.):_/-]+|(?!(?:st|nd|rd|th)\b)(?=[^\d\s.):_/-]))/iu;
/** "-1", "_2", " (3)", "*" after it. */
const trailing = /[\s_.-]{0,5}[([]?(?:\b|(?<=[\s_\p{L}]))\d{1,3}[)\]]?$/u;

/** A namespace of XML or of a tool before a name: `sf:Company`. */
const namespace = /^([a-z]{1,4}):(?=[A-Za-z]{2})/;

/** A label without numbers and marks around it; the same text where there are none. */
export const unnumbered = memoize((label: string): string => {
	const text = westernDigits(label).trim();
	const spaced = text.replace(namespace, (whole, name: string) => (roleOfWord(name) === undefined ? '' : whole));
	const bare = spaced.replace(leading, '').replace(trailing, '').trim();
	return bare === '' ? text : bare;
});

/** The number by which a label counts persons or phones, and not questions: `client_name_2`, "Guest 3 phone"; empty where there is none. */
export const countIn = memoize((label: string): string => {
	if (label.length > 60 || !letter.test(label)) return '';
	return counting.exec(westernDigits(label).trim().replace(leading, ''))?.[1] ?? '';
});
const letter = /\p{L}/u;
const counting = /(?<!\d)0?([1-9])(?!\d)/;

export const isDecoration = (word: string): boolean =>
	decoration.has(word.replace(/(?<=\D)\d+$/, '')) || /^\d+$/.test(word);

/** A hash, a number or a name of only decorations: `field_6f8642e`, `r3c4f…a1`, `input_5`, "Untitled". */
const random = /^(?=[a-z]*\d)[0-9a-f]{5,}$|^[a-z]\d+$|^(?=(?:[a-z]*\d){3})[a-z0-9]{12,}$|^[a-z]$/;

/** What a builder calls any part of a form. */
const machinery = /^(?:empty|[a-z]{0,6}forms?|elements?|block|component|widget|control)\d*$/;

/** Whether a label says nothing of what was asked, so that only the value tells. */
export const saysNothing = memoize((label: string): boolean => {
	if (label.length > 80) return false;
	const words = wordsOf(label);
	return words.every((word) => isDecoration(word) || random.test(word) || machinery.test(word));
});
