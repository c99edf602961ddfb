import { clean, normalizeKey } from '../text/text';

/** Titles as `normalizeKey` leaves them, with the salutation that each stands for. */
const titles: ReadonlyMap<string, string> = new Map(
	Object.entries({
		mr: 'mr mister sir',
		mrs: 'mrs السيدة سيدة',
		ms: 'ms miss madam الآنسة آنسة الأستاذة أستاذة',
		dr: 'dr doctor د الدكتور الدكتورة دكتور دكتورة',
		eng: 'eng engr engineer م المهندس المهندسة مهندس مهندسة',
		prof: 'prof professor أد',
		أ: 'أ الأستاذ أستاذ',
	}).flatMap(([salutation, words]) => words.split(' ').map((word) => [normalizeKey(word), salutation] as const)),
);
const keys = (words: string): ReadonlySet<string> => new Set(words.split(' ').map(normalizeKey));
/** Words that make one name with the next: Abdel Rahman, Abu Bakr, Umm Khaled. */
const joinsNext = keys('عبد أبو أم abd abdel abdul abdal abu abou umm om');
/** Second halves that make one name with the word before: Salah El Din, Nour El-Hoda, Zein Al Abidin. */
const joinsPrevious = keys(
	'الدين الله الإسلام الرحمن الحق الهدى الزهراء العابدين eldin eldeen aldin aldeen eddin eddine uddin allah ullah elislam alislam ' +
		'elhoda alhoda elhouda alhuda elzahraa alzahraa elabdin elabedin alabidin alabideen ulislam ulhaq',
);
const articles = keys('el al ul ال');

/** Where the first name ends, counted in words. */
const firstNameLength = (words: readonly string[]): number => {
	const [first = '', second = '', third = ''] = words.map(normalizeKey);
	if (joinsNext.has(first)) return articles.has(second) ? 3 : 2;
	if (joinsPrevious.has(second)) return 2;
	return articles.has(second) && joinsPrevious.has(second + third) ? 3 : 1;
};

const gluedTitle = /^[\p{L}.]{1,12} ?[./\\] ?(?=\p{L}{2})/u;
const letter = /\p{L}/u;

/** Titles are often glued to the name: `م/أحمد`, `Dr.Ahmed`. */
const parted = (name: string): readonly string[] =>
	name
		.replace(gluedTitle, (glued) => (titles.has(normalizeKey(glued)) ? `${normalizeKey(glued)} ` : glued))
		.split(/\s+/)
		.filter((word) => word !== '');

/** Whether a text is a title and nothing else: "Mr.", "Dr", "المهندس". */
export const isTitle = (text: string): boolean => text.length <= 20 && titles.has(normalizeKey(text));

/** No name is longer; what is, is a message in the wrong field. */
const longest = 200;

export interface PersonName {
	readonly firstName: string;
	readonly lastName?: string;
	/** What the titles before the name stand for, such as `dr`. */
	readonly salutation?: string;
}

/**
 * First and last name of a whole name, compound names kept whole, the title taken off as a salutation. Where it cannot be
 * told, all of it is the first name: the API requires that one only. السيد is no title here: it is as often the name
 * itself, and a name lost is worse than a title kept.
 */
export const splitName = (fullName: string): PersonName => {
	const whole = clean(fullName);
	if (whole.length > longest) return { firstName: whole };
	const words = parted(whole);
	// Two people, a flower, "Soliman, Ahmed": which part is what cannot be told.
	if (/[&+,،]/.test(whole) || !words.every((word) => letter.test(word))) return { firstName: words.join(' ') };
	let start = 0;
	while (start < words.length - 1 && titles.has(normalizeKey(words[start] ?? ''))) start++;
	const salutation = [...new Set(words.slice(0, start).map((word) => titles.get(normalizeKey(word))))].join(' ');
	const rest = words.slice(start);
	const length = Math.min(firstNameLength(rest), rest.length);
	const lastName = rest.slice(length).join(' ');
	return {
		firstName: rest.slice(0, length).join(' '),
		...(lastName === '' ? {} : { lastName }),
		...(salutation === '' ? {} : { salutation }),
	};
};
