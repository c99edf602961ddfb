/** Node-RED's own folder for `npm start`: settings, the website form's flow and the sandbox's key. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const accountId = 'icr-account';

const settings = ({ root, host, port }) => `module.exports = {
	uiHost: ${JSON.stringify(host)},
	uiPort: ${port},
	flowFile: 'flows.json',
	// The only key in it is the sandbox's, which is no secret.
	credentialSecret: false,
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
	writeFileSync(join(folder, 'settings.js'), settings({ root, host, port }));
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
