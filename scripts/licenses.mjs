/** The license texts of packages that are bundled, which ask to travel along. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

const licenseOf = async (root, name) => {
	const folder = join(root, 'node_modules', name);
	const file = (await readdir(folder)).find((each) => /^licen[cs]e/i.test(each));
	if (file === undefined) throw new Error(`${name} has no license file, so it must not be bundled.`);
	return `${name}\n\n${(await readFile(join(folder, file), 'utf8')).trim()}\n`;
};

/** One text with the license of each package in `names`. */
export const licensesOf = async (root, names) => (await Promise.all(names.map((name) => licenseOf(root, name)))).join('\n\n');
