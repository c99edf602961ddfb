import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../..');
const bundles = [
	['n8n node', 'dist/nodes/IcloudReady/IcloudReady.node.js'],
	['Node-RED nodes', 'packages/node-red/dist/runtime.js'],
] as const;
/** What is known of phone numbers is by far longer, and everything else by far shorter. */
const long = 50_000;

/** How long the longest JSON text is that a new process reads while it loads a file. */
const longestRead = (file: string): number => {
	const script = `const { parse } = JSON; let longest = 0; JSON.parse = (text, ...more) => { longest = Math.max(longest, String(text).length); return parse(text, ...more); }; require(${JSON.stringify(file)}); console.log(longest);`;
	return Number(execFileSync(process.execPath, ['-e', script], { encoding: 'utf8', cwd: root }));
};

describe('a host that starts does not read what is known of phone numbers', () => {
	test.each(bundles)('%s', (_name, path) => {
		const file = join(root, path);
		const { text = '' } =
			/metadata \?\?= JSON\.parse\((['"])(?<text>.*)\1\)/.exec(readFileSync(file, 'utf8'))?.groups ?? {};
		expect(text.length).toBeGreaterThan(long);
		expect(longestRead(file)).toBeLessThan(long);
	});
});

describe('of undici the bundles carry its agents alone', () => {
	test('every name that the sources import is there', () => {
		const folder = join(root, 'packages/http/src');
		const imported = readdirSync(folder).flatMap((file) =>
			[...readFileSync(join(folder, file), 'utf8').matchAll(/^import (?!type )\{([^}]+)\} from 'undici';$/gm)].flatMap(
				([, names = '']) => names.split(',').map((name) => name.trim()),
			),
		);
		const values = imported.filter((name) => name !== '' && !name.startsWith('type '));
		const build = readFileSync(join(root, 'scripts/build/undici.mjs'), 'utf8');
		const carried = [...build.matchAll(/^\t(\w+): 'dispatcher\//gm)].map(([, name]) => name);
		expect(carried.sort()).toEqual([...new Set(values)].sort());
	});

	test.each([
		['Node-RED nodes', 'packages/node-red/dist/runtime.js'],
		['gateway', 'packages/gateway/dist/cli.js'],
	])('%s', (_name, path) => {
		const text = readFileSync(join(root, path), 'utf8');
		expect(text).toContain('node_modules/undici/lib/dispatcher/proxy-agent.js');
		expect(text).not.toMatch(/node_modules\/undici\/lib\/(?:mock|cache|web\/websocket)\//);
	});
});
