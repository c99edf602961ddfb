import { type Sandbox, startSandbox } from '../../../packages/sandbox/src';
import { openStand, type Stand } from '../n8n/stand';

export interface EditorWorld {
	readonly stand: () => Stand;
	readonly sandbox: () => Sandbox;
	readonly url: () => string;
	/** Stores a credential that works. */
	readonly addCredential: () => Promise<void>;
}

interface Kept {
	readonly id: string;
}

const empty = async ({ rest }: Stand): Promise<void> => {
	for (const { id } of await rest<Kept[]>('GET', '/workflows')) {
		await rest('POST', `/workflows/${id}/archive`, {});
		await rest('DELETE', `/workflows/${id}`);
	}
	for (const { id } of await rest<Kept[]>('GET', '/credentials')) await rest('DELETE', `/credentials/${id}`);
};

/** A real n8n with the packed package and the stand-in of the API; without workflows and credentials before each test. */
export const useEmptyN8n = (): EditorWorld => {
	let open: { readonly stand: Stand; readonly sandbox: Sandbox } | undefined;
	beforeAll(async () => {
		open = { stand: await openStand({}), sandbox: await startSandbox({ port: 0 }) };
	});
	beforeEach(async () => {
		open?.sandbox.reset();
		if (open !== undefined) await empty(open.stand);
	});
	afterAll(async () => {
		await open?.stand.close();
		await open?.sandbox.close();
	});
	const opened = (): NonNullable<typeof open> => {
		if (open === undefined) throw new Error('n8n is not open yet.');
		return open;
	};
	return {
		stand: () => opened().stand,
		sandbox: () => opened().sandbox,
		url: () => opened().stand.url,
		addCredential: async () => {
			const { stand, sandbox } = opened();
			await stand.rest('POST', '/credentials', {
				name: 'iCloud-Ready account',
				type: 'icloudReadyApi',
				data: { apiKey: 'sandbox-key', organizationId: 'org-1', baseUrl: sandbox.baseUrl },
			});
		},
	};
};
