/** Node-RED's own folder for `npm start`: settings, the website form's flow and the sandbox's key. */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const accountId = 'icr-account';

/** What the keys of a folder are encrypted with: made once, since only the same one opens them. */
const secretOf = (folder) => {
	const file = join(folder, 'credential-secret');
	if (!existsSync(file)) writeFileSync(file, randomBytes(24).toString('hex'), { mode: 0o600 });
	return readFileSync(file, 'utf8');
};

const settings = ({ root, host, port, secret }) => `module.exports = {
	uiHost: ${JSON.stringify(host)},
	uiPort: ${port},
	flowFile: 'flows.json',
	credentialSecret: ${JSON.stringify(secret)},
	nodesDir: [${JSON.stringify(join(root, 'packages/node-red'))}],
	telemetry: { enabled: false, updateNotification: false },
	editorTheme: { tours: false, palette: { catalogues: [] } },
	externalModules: { autoInstall: false, palette: { allowInstall: false } },
	logging: { console: { level: 'info', metrics: false, audit: false } },
};
`;

/**
 * Writes what is missing; a flow that is there stays as the user left it.
 * The account's address comes from the environment, so that another sandbox port needs no edit.
 */
export const writeUserFolder = ({ root, host, port, folder }) => {
	mkdirSync(folder, { recursive: true });
	writeFileSync(join(folder, 'settings.js'), settings({ root, host, port, secret: secretOf(folder) }));
	const flowFile = join(folder, 'flows.json');
	if (existsSync(flowFile)) return;
	const example = JSON.parse(readFileSync(join(root, 'packages/node-red/examples/website-form.json'), 'utf8'));
	const flow = example.map((node) =>
		node.id === accountId
			? { ...node, name: 'Sandbox', baseUrl: '${SANDBOX_BASE_URL}', organizationId: '686f894eaf67193dd6e124ce' }
			: // Whoever tries it on this machine is the owner, too.
				node.type === 'icloud-ready-lead-form'
				? { ...node, ownerNotes: true }
				: node,
	);
	writeFileSync(flowFile, JSON.stringify(flow, null, '\t'));
	writeFileSync(join(folder, 'flows_cred.json'), JSON.stringify({ [accountId]: { apiKey: 'sandbox-key' } }));
};
