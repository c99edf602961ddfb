/** Node-RED's own scorecard of a package, without asking the internet: what it would look up is answered from here. */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hostBin, hostFolder } from '../hosts/hosts.mjs';
import { pack, unpack } from '../build/pack.mjs';

const preload = fileURLToPath(new URL('answerLocally.cjs', import.meta.url));

/** The Node-RED releases that the package must run on, as their own package.json tells them. */
const releases = async (log) => {
	const manifests = [];
	for (const name of ['node-red-4', 'node-red-5'])
		manifests.push(createRequire(join(await hostFolder(name, log), 'package.json'))('node-red/package.json'));
	return manifests;
};

/** What the scorecard asks: the catalogue of all nodes (as if ours were the only ones) and what is published of Node-RED. */
const answers = ([maintained, latest]) => ({
	'/catalogue.json': { modules: [] },
	'/node-red': {
		'dist-tags': { latest: latest.version, maintenance: maintained.version },
		versions: { [maintained.version]: maintained, [latest.version]: latest },
	},
});

const serve = (table) =>
	new Promise((resolve, reject) => {
		const server = createServer((request, response) => {
			const answer = table[request.url];
			response.writeHead(answer === undefined ? 404 : 200, { 'content-type': 'application/json' });
			response.end(JSON.stringify(answer ?? {}));
		});
		server.once('error', reject);
		server.listen(0, '127.0.0.1', () => resolve(server));
	});

const validate = async (folder, card, log) => {
	const server = await serve(answers(await releases(log)));
	const program = await hostBin('scorecard', 'node-red-dev', log);
	const child = spawn(process.execPath, ['--require', preload, program, 'validate', '-p', folder, '-o', card], {
		stdio: ['ignore', 'pipe', 'pipe'],
		env: { ...process.env, ANSWERS_PORT: String(server.address().port) },
	});
	const printed = [];
	for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => printed.push(chunk));
	await new Promise((resolve) => child.once('close', resolve));
	server.close();
	return Buffer.concat(printed).toString();
};

/**
 * Packs the built package in `folder` and reads its scorecard. Resolves with what it complains of, one text each, empty
 * where there is nothing. The tool itself ends well whatever it finds, so its file is read.
 */
export async function scorecard({ folder, log }) {
	const place = mkdtempSync(join(tmpdir(), 'icloud-ready-scorecard-'));
	try {
		unpack(pack(folder, place), join(place, 'package'));
		const card = join(place, 'card.json');
		const printed = await validate(join(place, 'package'), card, log);
		if (!existsSync(card)) return [`The scorecard was not written:\n${printed}`];
		const { package: name, ...checks } = JSON.parse(readFileSync(card, 'utf8'));
		const failed = Object.entries(checks).filter(([, { test }]) => test !== true);
		log(`${name.name} ${name.version}: ${Object.keys(checks).length} checks of the scorecard`);
		// The card says that a missing keyword is fine, while the tool warns of it.
		const warned = [...printed.matchAll(/\b([A-Z]\d\d)\b.*\b(?:MUST|SHOULD)\b.*/g)]
			.filter(([, check]) => !failed.some(([name]) => name === check))
			.map(([line]) => line);
		return [...failed.map(([check, found]) => `${check}: ${JSON.stringify(found)}\n${printed}`), ...warned];
	} finally {
		rmSync(place, { recursive: true, force: true });
	}
}
