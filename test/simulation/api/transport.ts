import type { Program } from '../host/process';
import type { Random } from '../kernel/random';
import type { Api, Arrival } from './api';

interface Request {
	readonly method: string;
	readonly url: string;
	readonly headers: Readonly<Record<string, string>>;
	readonly body?: string | undefined;
}

export type Reply =
	| { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: string }
	| { readonly fault: { readonly code: string; readonly left: boolean } };

/** What the world sees of requests as they leave and come back. */
export interface Watch {
	readonly left: (arrival: Arrival | undefined, request: Request) => void;
	readonly back: (arrival: Arrival | undefined, reply: Reply, request: Request) => void;
}

export type Send = (request: Request, limits: { readonly timeoutMs: number }) => Promise<Reply>;

/** Sends to the model of the API; what a program asked for that is dead by then comes back to nobody. */
export const sendTo =
	(api: Api, program: Program, random: Random, watch: Watch): Send =>
	async (request, { timeoutMs }) =>
		await new Promise((resolve) => {
			if (!program.isAlive()) return;
			const { fate, arrival } = api.meet({
				headers: request.headers,
				body: request.body ?? '{}',
				from: program.name,
				timeoutMs,
			});
			watch.left(arrival, request);
			const back = (reply: Reply, told: Arrival['told']): void => {
				if (arrival !== undefined) arrival.told = told;
				watch.back(arrival, reply, request);
				resolve(reply);
			};
			switch (fate.kind) {
				case 'notReached':
					program.after(random.int(1, 50), () =>
						back(
							{ fault: { code: random.pick(['ECONNREFUSED', 'ENOTFOUND', 'UND_ERR_CONNECT_TIMEOUT']), left: false } },
							'answered',
						),
					);
					return;
				case 'lost':
					program.after(fate.isTimeout ? timeoutMs : fate.inMs, () =>
						back({ fault: { code: fate.isTimeout ? 'TIMEOUT' : 'ECONNRESET', left: true } }, 'lost'),
					);
					return;
				case 'answered': {
					const { response } = fate;
					program.after(fate.inMs, () => back(response, 'answered'));
				}
			}
		});
