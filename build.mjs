/** Builds all that is published: the n8n package in `dist/`, the sandbox, the Node-RED package and the gateway in their own. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('.', import.meta.url));
const parts = [
	['./nodes/build.mjs', 'buildN8n'],
	['./packages/sandbox/build.mjs', 'buildSandbox'],
	['./packages/node-red/build.mjs', 'buildNodeRed'],
	['./packages/gateway/build.mjs', 'buildGateway'],
];

for (const [file, name] of parts) {
	if (!existsSync(new URL(file, import.meta.url))) continue;
	const part = await import(file);
	await part[name]({ root });
	console.log(`built ${name.replace('build', '').toLowerCase()}`);
}
