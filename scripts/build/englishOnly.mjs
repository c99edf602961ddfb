/**
 * For the build of the n8n package, whose people read English alone, as n8n's guidelines want it: no Arabic words are bundled.
 * What tells Arabic forms, names and countries apart stays.
 */
import { readFile } from 'node:fs/promises';

const english = {
	'outcomes.ts': "export { english as arabic } from '../english/outcomes';\n",
	'settings.ts': "export * from '../english/settings';\n",
	'alerts.ts': "export * from '../english/alerts';\n",
	'receiving.ts': "export * from '../english/receiving';\n",
};

/** A plugin of esbuild's. */
export const englishOnly = {
	name: 'english-only',
	setup: ({ onLoad }) => {
		onLoad({ filter: /core[\\/]src[\\/]words[\\/]arabic[\\/]\w+\.ts$/ }, ({ path }) => {
			const contents = english[path.split(/[\\/]/).at(-1)];
			return contents === undefined ? undefined : { loader: 'ts', contents };
		});
		onLoad(
			{ filter: /core[\\/]src[\\/](?:outcome[\\/]outcomeTable|words[\\/]suggestionNames)\.ts$/ },
			async ({ path }) => ({
				loader: 'ts',
				contents: (await readFile(path, 'utf8')).replace(/\b(labelAr|whenAr|ar):\s+'[^']*'/g, "$1: ''"),
			}),
		);
	},
};
