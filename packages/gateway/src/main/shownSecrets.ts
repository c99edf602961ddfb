/** Words that stand where a secret belongs, here or in what people copy from elsewhere; spaces, hyphens and case make no other secret. */
const shown: readonly string[] = [
	'at least 16 characters',
	'at least 16 characters that nobody guesses',
	'at least 16 characters that nobody can guess',
	'the same for all of them',
	'choose a secret of your own',
	'replace this with a secret of your own',
	'whsec base64 of 24 bytes or more',
];

const plain = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]+/g, '');
const known = new Set(shown.map(plain));

/** Whether everybody knows it, since it stands in a document of ours, or is one of those that nobody made up. */
export const isShownSecret = (secret: string): boolean => {
	const text = plain(secret);
	return (
		known.has(text) ||
		/^(?:change|replace)(?:me|this|it)|^your(?:own)?(?:secret|token|password)/.test(text) ||
		/^(.)\1*$/.test(text)
	);
};
