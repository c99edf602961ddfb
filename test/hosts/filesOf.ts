import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Every file below a folder with its bytes as text, one letter each; what is gone while it is read is left out. */
export const filesOf = (
	folder: string,
	leftOut = /node_modules/,
): readonly { readonly file: string; readonly text: string }[] =>
	readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((each) => each.isFile())
		.flatMap(({ parentPath, name }) => {
			const file = join(parentPath, name);
			if (leftOut.test(file)) return [];
			try {
				return [{ file, text: readFileSync(file, 'latin1') }];
			} catch {
				return [];
			}
		});
