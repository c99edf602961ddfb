import { clean } from './text';

const titles = new Set(
	['mr', 'mrs', 'ms', 'miss', 'dr', 'eng', 'engr', 'prof', 'sir', 'madam', 'م', 'د', 'أ', 'ا', 'أد', 'السيدة', 'الأستاذ', 'الاستاذ', 'الأستاذة', 'الدكتور', 'الدكتورة', 'دكتور', 'دكتورة', 'المهندس', 'المهندسة', 'مهندس', 'مهندسة', 'أستاذ', 'استاذ'],
);
/** Words that make one name with the next: Abdel Rahman, Abu Bakr, Umm Khaled. */
const joinsNext = new Set(['عبد', 'أبو', 'ابو', 'أم', 'ام', 'abd', 'abdel', 'abdul', 'abdal', 'abu', 'abou', 'umm', 'om']);
/** Second halves that make one name with the word before: Salah El Din, Nour Eldin. */
const joinsPrevious = new Set(['الدين', 'الله', 'الإسلام', 'الاسلام', 'الرحمن', 'eldin', 'eldeen', 'aldin', 'uddin', 'allah', 'ullah', 'elislam']);
const articles = new Set(['el', 'al', 'ال']);

const bare = (word: string): string => word.toLowerCase().replace(/[.\u064b-\u065f\u0640]/g, '');

/** Where the first name ends, counted in words. */
const firstNameLength = (words: readonly string[]): number => {
	let length = 1;
	if (joinsNext.has(bare(words[0] ?? ''))) {
		length = articles.has(bare(words[1] ?? '')) ? 3 : 2;
	} else if (joinsPrevious.has(bare(words[1] ?? ''))) {
		length = 2;
	} else if (articles.has(bare(words[1] ?? '')) && /^(din|deen|islam)$/.test(bare(words[2] ?? ''))) {
		length = 3;
	}
	return Math.min(length, words.length);
};

/** السيد is left alone: it is as often the name itself, and a name lost is worse than a title kept. */
const isTitle = (word: string, next: string | undefined): boolean => next !== undefined && titles.has(bare(word.replace(/\//g, '')));

/**
 * First and last name of a whole name, compound names kept whole, titles taken off. Where it cannot be told, all of it is
 * the first name: the API requires that one only.
 */
export const splitName = (fullName: string): { readonly firstName: string; readonly lastName?: string } => {
	const words = clean(fullName).split(/\s+/).filter((word) => word !== '');
	let start = 0;
	while (isTitle(words[start] ?? '', words[start + 1])) start++;
	const rest = words.slice(start);
	if (rest.length < 2 || !rest.every((word) => /\p{L}/u.test(word))) return { firstName: rest.join(' ') };
	const length = firstNameLength(rest);
	const firstName = rest.slice(0, length).join(' ');
	const lastName = rest.slice(length).join(' ');
	return lastName === '' ? { firstName } : { firstName, lastName };
};
