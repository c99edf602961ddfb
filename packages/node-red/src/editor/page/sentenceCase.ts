/**
 * The catalog writes labels in Title Case, Node-RED in sentence case: `First Name` becomes `First name`.
 * A word in capitals, such as ZIP, stays.
 */
export const sentenceCase = (label: string): string =>
	label
		.split(' ')
		.map((word, index) => (index === 0 || /^\W*[A-Z]{2,}\W*$/.test(word) ? word : word.toLowerCase()))
		.join(' ');
