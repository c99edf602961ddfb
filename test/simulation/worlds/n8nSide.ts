import type { Arrival } from '../api/api';
import type { Reply } from '../api/transport';
import { type ClientRequest, createExecuteFunctions, type Item, n8nWorkflow } from '../host/n8n';
import { createProgram, loadBundle, type Program, sleepOf } from '../host/process';
import { judgeSent, judgeTry, noteAnswered } from './judgeN8n';
import { givenLead } from './people';
import type { Event, N8nPlan } from './plan';
import { accountOf, keyOf, type World } from './world';

const baseUrls = { api: 'https://crm.test/api/v2', gateway: 'https://gateway.test/api/v2' } as const;
const downMs = 3000;
/** n8n runs a node so often where it is to try again. */
const mostTries = 3;
const betweenTriesMs = 1000;

/** One execution of the workflow, and what n8n keeps of it. */
export interface Execution {
	readonly number: number;
	readonly leads: Extract<Event, { kind: 'execution' }>['leads'];
	context: Record<string, unknown>;
	cancel: AbortController;
	state: 'running' | 'ended' | 'failed' | 'died';
	inFlight: number;
	/** Keys that were refused in this try. */
	refused: Set<string>;
}

/** n8n with its database, which outlives its process. */
export interface N8nSide {
	readonly execute: (leads: Execution['leads']) => void;
	readonly kill: () => void;
	readonly cancel: (which: number) => void;
	/** A person has one that failed or died run again. */
	readonly again: (which: number) => void;
	readonly spell: (spell: {
		readonly fate: 'fails' | 'applied';
		readonly share: number;
		readonly untilMs: number;
	}) => void;
	readonly heal: () => void;
	readonly start: () => void;
	/** Those that have not ended, although their process lives. */
	readonly running: () => readonly Execution[];
}

interface Product {
	readonly IcloudReady: new () => { readonly execute: { readonly call: (n8n: object) => Promise<Item[][]> } };
}

const fault = (code: string): Error => Object.assign(new Error(code), { code });

export const createN8nSide = (world: World, plan: N8nPlan): N8nSide => {
	const { scheduler, api, bundles, randomOf, say, facts } = world;
	const executions: Execution[] = [];
	const network = randomOf('n8n network');
	const chance = randomOf('n8n record');
	const recorded = new Set<string>();
	let spells: { readonly fate: 'fails' | 'applied'; readonly share: number; readonly untilMs: number }[] = [];
	let program: Program | undefined;
	let product: Product | undefined;
	let starts = 0;

	const start = (): void => {
		if (program?.isAlive() === true) return;
		const mine = createProgram(`n8n-${++starts}`, scheduler);
		program = mine;
		world.byKey.clear();
		product = loadBundle(bundles.n8n, {
			program: mine,
			scheduler,
			random: randomOf(mine.name),
			required: bundles.required,
			modules: { '@icloud-ready/core': bundles.core, 'n8n-workflow': n8nWorkflow(sleepOf(mine)) },
		}) as Product;
		say(mine.name, 'starts');
	};

	/** One operation of n8n's database. */
	const operate = async <Result>(mine: Program, work: () => Result): Promise<Result> =>
		await new Promise((resolve, reject) => {
			mine.after(chance.int(0, 4), () => {
				const spell = spells.find(({ untilMs, share }) => scheduler.nowMs() < untilMs && chance.chance(share));
				if (spell?.fate === 'fails') return reject(fault('SQLITE_BUSY'));
				const result = work();
				if (spell === undefined) resolve(result);
				else reject(fault('SQLITE_IOERR'));
			});
		});

	const toApi = async (
		mine: Program,
		execution: Execution,
		request: ClientRequest,
		key: string,
		signal: AbortSignal | undefined,
	): Promise<Reply> =>
		await new Promise((resolve) => {
			// Nobody reads an answer that comes after that.
			const isCanceled = (): boolean => signal?.aborted === true;
			const { fate, arrival } = api.meet({
				headers: { ...request.headers, 'x-api-key': key },
				body: request.body ?? '{}',
				from: mine.name,
				timeoutMs: request.timeout,
			});
			judgeSent(world, execution, key, request.body ?? '{}', arrival);
			const back = (reply: Reply, told: Arrival['told']): void => {
				if (arrival !== undefined && arrival.told === 'pending') arrival.told = isCanceled() ? 'lost' : told;
				if (!isCanceled()) noteAnswered(world, execution, key, arrival, reply);
				resolve(reply);
			};
			switch (fate.kind) {
				case 'notReached':
					mine.after(network.int(1, 50), () => back({ fault: { code: 'ECONNREFUSED', left: false } }, 'answered'));
					return;
				case 'lost':
					mine.after(fate.isTimeout ? request.timeout : fate.inMs, () =>
						back({ fault: { code: fate.isTimeout ? 'TIMEOUT' : 'ECONNRESET', left: true } }, 'lost'),
					);
					return;
				case 'answered':
					mine.after(fate.inMs, () => back(fate.response, 'answered'));
			}
		});

	const send = async (
		mine: Program,
		execution: Execution,
		request: ClientRequest,
		key: string,
		signal: AbortSignal | undefined,
	): Promise<Reply> => {
		if (!mine.isAlive()) return await new Promise(() => undefined);
		execution.inFlight++;
		const headers = { ...request.headers, 'x-api-key': key };
		const answered =
			world.side === undefined
				? toApi(mine, execution, request, key, signal)
				: world.side.call(mine, { ...request, headers }, request.timeout);
		const aborted = new Promise<Reply>((resolve) => {
			signal?.addEventListener('abort', () => resolve({ fault: { code: 'ERR_CANCELED', left: true } }), { once: true });
		});
		const reply = await Promise.race([answered, aborted]);
		execution.inFlight--;
		return reply;
	};

	const functionsFor = (mine: Program, execution: Execution): object =>
		createExecuteFunctions({
			plan,
			items: execution.leads.map(({ name, phone, account }) => ({
				json: { leadInformation: { firstName: name, phone } },
				account,
			})),
			context: execution.context,
			credential: (account) => ({
				apiKey: keyOf(world, account),
				organizationId: accountOf(world, account).organizationIds[0],
				baseUrl: world.side === undefined ? baseUrls.api : baseUrls.gateway,
				gateway: world.side !== undefined,
			}),
			signal: execution.cancel.signal,
			request: async (request, key, signal) => {
				const reply = await send(mine, execution, request, key, signal);
				if ('fault' in reply) throw fault(reply.fault.code);
				return { statusCode: reply.status, headers: reply.headers, body: reply.body };
			},
			record: {
				checkProcessedAndRecord: async (entries) =>
					await operate(mine, () => {
						const fresh = [...new Set(entries)].filter((entry) => !recorded.has(entry));
						const processed = entries.filter((entry) => recorded.has(entry));
						for (const entry of fresh) recorded.add(entry);
						return { new: fresh, processed };
					}),
				removeProcessed: async (entries) =>
					await operate(mine, () => {
						for (const entry of entries) recorded.delete(entry);
					}),
			},
			hint: (text) => say(mine.name, `hints at ${text.slice(0, 120)}`),
		});

	/** The node runs once, or again where it is to. */
	const runNode = async (mine: Program, execution: Execution): Promise<void> => {
		const { number } = execution;
		for (let times = 1; ; times++) {
			execution.refused = new Set();
			const node = product === undefined ? undefined : new product.IcloudReady();
			const result = await node?.execute.call(functionsFor(mine, execution)).catch((error: unknown) => error as Error);
			if (result === undefined || !mine.isAlive()) return;
			const isFailed = judgeTry(world, plan, execution, result, mine.name);
			say(mine.name, `execution ${number}: ${isFailed ? 'failed' : 'ended'}`);
			const goesAgain = isFailed && plan.retryOnFail && times < mostTries && !execution.cancel.signal.aborted;
			if (!goesAgain) {
				// Only what ended with an error is offered to be run again.
				execution.state = result instanceof Error && !execution.cancel.signal.aborted ? 'failed' : 'ended';
				return;
			}
			await new Promise<void>((resolve) => mine.after(betweenTriesMs, resolve));
		}
	};
	const run = (execution: Execution): void => {
		const mine = program;
		if (mine?.isAlive() !== true) return;
		execution.state = 'running';
		execution.cancel = new AbortController();
		say(mine.name, `execution ${execution.number} of ${execution.leads.map(({ name }) => name).join(', ')}`);
		void runNode(mine, execution);
	};

	return {
		start,
		execute: (leads) => {
			if (program?.isAlive() !== true) return;
			for (const { name, phone, account } of leads)
				facts.set(
					name,
					givenLead({
						name,
						phone,
						account,
						node: 'n8n',
						organizationId: accountOf(world, account).organizationIds[0],
						madeUpKey: undefined,
						isOnce: plan.duplicates,
						resends: plan.unconfirmed === 'resend',
						givenAtMs: scheduler.nowMs(),
					}),
				);
			const execution: Execution = {
				number: executions.length,
				leads,
				context: {},
				cancel: new AbortController(),
				state: 'running',
				inFlight: 0,
				refused: new Set(),
			};
			executions.push(execution);
			run(execution);
		},
		kill: () => {
			if (program?.isAlive() !== true) return;
			say(program.name, 'is killed');
			program.kill();
			// n8n keeps nothing of an execution that was cut off: whoever runs it again chooses to send all of it.
			for (const each of executions)
				if (each.state === 'running') Object.assign(each, { state: 'died', context: {}, inFlight: 0 });
			scheduler.after(downMs, start);
		},
		cancel: (which) => {
			const running = executions.filter(({ state }) => state === 'running');
			const execution = running[which % Math.max(1, running.length)];
			if (execution === undefined || program?.isAlive() !== true) return;
			say('person', `cancels execution ${execution.number}`);
			execution.cancel.abort();
		},
		again: (which) => {
			const over = executions.filter(({ state }) => state === 'failed' || state === 'died');
			const execution = over[which % Math.max(1, over.length)];
			if (execution === undefined || program?.isAlive() !== true) return;
			say('person', `runs execution ${execution.number} again, which ${execution.state}`);
			// A record that lasts knows what was cut off; nothing else does.
			const isRecorded = plan.duplicates === 'always' && !world.diskFailed;
			if (execution.state === 'died' && !isRecorded)
				for (const { name } of execution.leads) facts.get(name)?.chosenAtMs.push(scheduler.nowMs());
			execution.context = JSON.parse(JSON.stringify(execution.context)) as Record<string, unknown>;
			run(execution);
		},
		spell: (spell) => {
			spells.push(spell);
		},
		heal: () => {
			spells = [];
		},
		running: () => (program?.isAlive() === true ? executions.filter(({ state }) => state === 'running') : []),
	};
};
