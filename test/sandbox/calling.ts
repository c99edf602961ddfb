import { startSandbox, type Sandbox, type SandboxOptions } from '../../packages/sandbox/src';
import { guideOrganization, guideRequest } from './guide';

const running: Sandbox[] = [];

/** A sandbox on a free port that `stopAll` ends. */
export async function start(options: Partial<SandboxOptions> = {}): Promise<Sandbox> {
	const sandbox = await startSandbox({ port: 0, ...options });
	running.push(sandbox);
	return sandbox;
}

export const stopAll = async (): Promise<void> =>
	void (await Promise.all(running.splice(0).map((sandbox) => sandbox.close())));

export const goodHeaders = {
	'content-type': 'application/json',
	'x-api-key': 'sandbox-key',
	organizationId: guideOrganization,
};

/** The guide's lead with another email address. */
export const withEmail = (email: string): object => ({
	...guideRequest,
	leadInformation: { ...guideRequest.leadInformation, email },
});

export interface Reply {
	readonly status: number;
	readonly headers: Headers;
	readonly text: string;
	readonly json: unknown;
}

/** Posts a lead; a body that is text goes out as it is. Rejects when the connection is cut. */
export async function post(
	sandbox: Sandbox,
	body: unknown = guideRequest,
	headers: Record<string, string> = {},
	init: RequestInit = {},
): Promise<Reply> {
	const response = await fetch(`${sandbox.baseUrl}/leads`, {
		method: 'POST',
		headers: { ...goodHeaders, ...headers },
		body: typeof body === 'string' ? body : JSON.stringify(body),
		redirect: 'manual',
		...init,
	});
	return read(response);
}

export async function read(response: Response): Promise<Reply> {
	const text = await response.text();
	const isJson = response.headers.get('content-type')?.startsWith('application/json') === true && text !== '';
	return { status: response.status, headers: response.headers, text, json: isJson ? JSON.parse(text) : null };
}
