/** n8n for `npm start -- n8n`: with an account for the sandbox and a form whose submissions become leads. */
import { join } from 'node:path';
import { formPath, formWorkflow } from './formWorkflow.mjs';
import { runN8n, signIn } from '../hosts/n8n.mjs';
import { pack } from '../build/pack.mjs';

/** Known to everybody who reads this file: it opens an n8n that only this machine reaches. */
const owner = { email: 'owner@example.com', password: 'Sandbox-Owner-1', firstName: 'Sandbox', lastName: 'Owner' };

const accountName = 'iCloud-Ready sandbox';

/** The account for the sandbox, with the address that the sandbox has this time. */
const putAccount = async (rest, baseUrl) => {
	const account = {
		name: accountName,
		type: 'icloudReadyApi',
		data: { apiKey: 'sandbox-key', organizationId: '686f894eaf67193dd6e124ce', baseUrl },
	};
	const known = (await rest('GET', '/credentials')).find(
		({ name, type }) => name === accountName && type === account.type,
	);
	const { id, name } =
		known === undefined
			? await rest('POST', '/credentials', account)
			: await rest('PATCH', `/credentials/${known.id}`, account);
	return { id, name };
};

/** The form's workflow, running. One that is there already stays as the user left it. */
const putWorkflow = async (rest, account) => {
	const workflow = formWorkflow(account);
	const known = await rest('GET', `/workflows?filter=${encodeURIComponent(JSON.stringify({ name: workflow.name }))}`);
	if (known.length > 0) return;
	const { id, versionId } = await rest('POST', '/workflows', workflow);
	await rest('POST', `/workflows/${id}/activate`, { versionId });
};

/** n8n serves a form a moment after its workflow was activated. One that the user turned off is not waited for long. */
const untilServed = async (address) => {
	for (let tries = 0; tries < 40; tries++) {
		if ((await fetch(address)).ok) return;
		await new Promise((resolve) => setTimeout(resolve, 250));
	}
};

/**
 * Starts n8n with the packed package, keeping everything in `folder`. The package must be built. Resolves with its
 * `url`, the `addresses` to show (pairs of words), and `stop()`; rejects with words where it does not start.
 */
export async function startN8n({
	port,
	sandboxBaseUrl,
	root,
	log,
	folder = process.env.N8N_USER_FOLDER || join(root, '.n8n'),
}) {
	const tarball = pack(root, join(folder, 'packed'));
	const { url, stop } = await runN8n({ port, userFolder: folder, tarball, log });
	try {
		const rest = await signIn(url, owner).catch((error) => {
			throw new Error(`The n8n in ${folder} has another owner (${error.message}). Remove that folder to start over.`);
		});
		await putWorkflow(rest, await putAccount(rest, sandboxBaseUrl));
		await untilServed(`${url}/form/${formPath}`);
	} catch (error) {
		await stop();
		throw error;
	}
	const addresses = [
		['n8n lead form', `${url}/form/${formPath}`],
		['n8n editor', url],
		['n8n login', `${owner.email}  ${owner.password}`],
	];
	return { url, addresses, stop };
}
