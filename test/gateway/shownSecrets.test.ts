import { isShownSecret } from '../../packages/gateway/src/main/shownSecrets';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../..');
const documents = ['README.md', 'packages', 'docs'].flatMap((place) =>
	place.endsWith('.md')
		? [place]
		: readdirSync(join(root, place), { recursive: true, encoding: 'utf8' })
				.filter((file) => !file.includes('node_modules') && !file.includes('dist/'))
				.filter((file) => /\.(?:md|ya?ml|env)$|Dockerfile$/.test(file))
				.map((file) => join(place, file)),
);

/** What stands in place of a secret: behind `=` or `:`, in quotes or not; what a shell or compose puts in is none. */
const secretsIn = (text: string): readonly string[] =>
	[
		...text.matchAll(
			/\bGATEWAY_(?:ALERT_)?(?:SECRET|ADMIN_TOKEN)(?:=|: )(?:"(?<quoted>[^"\n]+)"|'(?<single>[^'\n]+)'|(?<bare>[^\s"'|`]+))/g,
		),
	]
		.map(({ groups = {} }) => groups.quoted ?? groups.single ?? groups.bare ?? '')
		.filter((value) => !value.includes('$'));

test('a secret that stands in any document is refused', () => {
	const shown = documents.flatMap((file) => secretsIn(readFileSync(join(root, file), 'utf8')));
	expect(documents.length).toBeGreaterThan(20);
	expect(shown.filter((secret) => !isShownSecret(secret))).toEqual([]);
});

test.each([
	['4f1d8c2a9b7e6035d2c1f8a7b6e5d4c3', false],
	['a secret that nobody guesses', false],
	['correct horse battery staple', false],
	['At least 16 characters, that nobody guesses.', true],
	['change_me_change_me', true],
	['your-secret-goes-here', true],
	['0000000000000000', true],
])('%s: %s', (secret, isShown) => {
	expect(isShownSecret(secret)).toBe(isShown);
});
