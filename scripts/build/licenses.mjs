/** The licenses of what is bundled, which ask to travel along. What that is, esbuild itself tells. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const packageOf = (input) => /^(.*node_modules\/((?:@[^/]+\/)?[^/]+))\//.exec(input.replaceAll('\\', '/'));

/** Folder by name of every package that has a file in the bundles of `metafiles`. */
const bundledIn = (metafiles) =>
	new Map(
		metafiles
			.flatMap(({ outputs }) => Object.values(outputs))
			.flatMap(({ inputs }) => Object.keys(inputs))
			.map(packageOf)
			.filter((found) => found !== null)
			.map(([, folder, name]) => [name, folder]),
	);

const noticeOf = async (root, name, folder) => {
	const place = join(root, folder.replace(/^(?:\.\.\/)+/, ''));
	const file = (await readdir(place)).find((each) => /^licen[cs]e/i.test(each));
	if (file === undefined) throw new Error(`${name} has no license file, so it must not be bundled.`);
	const { version, license } = JSON.parse(await readFile(join(place, 'package.json'), 'utf8'));
	return `${name} ${version} (${license})\n\n${(await readFile(join(place, file), 'utf8')).trim()}\n`;
};

/** Writes `THIRD-PARTY-NOTICES` into `folder`: each package with a file in the bundles of `metafiles`, and its license's text. */
export const writeNotices = async (root, folder, metafiles) => {
	const packages = [...bundledIn(metafiles)].sort(([a], [b]) => (a < b ? -1 : 1));
	const notices = await Promise.all(packages.map(([name, place]) => noticeOf(root, name, place)));
	const first =
		packages.length === 0
			? 'Nothing of other people is in this package.\n'
			: 'This package contains code of these packages, under their licenses.\n';
	await writeFile(join(folder, 'THIRD-PARTY-NOTICES'), [first, ...notices].join(`\n${'-'.repeat(80)}\n\n`));
};
