import { EventEmitter } from 'node:events';

/** What a flow of Node-RED shows to whoever watches it. */
export interface FlowWatch {
	readonly sent: (node: string, output: number, message: Message) => void;
	readonly caught: (node: string, words: string, message: Message | undefined) => void;
	readonly log: (level: 'warn' | 'log' | 'error', node: string, text: string) => void;
}

export type Message = Record<string, unknown> & {
	readonly icloudReady?: { readonly outcome: string } & Readonly<Record<string, unknown>>;
};

export interface NodeConfig {
	readonly id: string;
	readonly type: string;
	readonly wires: readonly (readonly string[])[];
	readonly [setting: string]: unknown;
}

export interface Flow {
	readonly configs: readonly NodeConfig[];
	readonly credentials: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export interface FakeNode extends EventEmitter {
	readonly id: string;
}

/** As much of Node-RED as its nodes use: it makes and closes them, and passes messages to them. */
export interface NodeRed {
	readonly RED: unknown;
	readonly start: (flow: Flow) => void;
	readonly node: <Node = FakeNode>(id: string) => Node | undefined;
	/** Gives a message to a node; `done` is called when it is done with it. */
	readonly receive: (id: string, message: Message, done: (error?: unknown) => void) => void;
	/** Closes all nodes; calls `closed` once all are, or where one takes longer than Node-RED waits. */
	/** Closes these nodes and makes them anew, as a deploy of what was changed does. */
	readonly renew: (ids: readonly string[], made: () => void) => void;
	readonly stop: (closed: (isInTime: boolean) => void) => void;
}

const closeTimeoutMs = 15_000;

export const createNodeRed = (
	userDir: string,
	watch: FlowWatch,
	after: (ms: number, happen: () => void) => () => void,
): NodeRed => {
	const types = new Map<string, new (config: NodeConfig) => EventEmitter>();
	let nodes = new Map<string, EventEmitter>();
	let flow: Flow = { configs: [], credentials: {} };
	const events = new EventEmitter();
	events.setMaxListeners(0);

	class Node extends EventEmitter {
		id = '';
		type = '';
		wires: readonly (readonly string[])[] = [];
		credentials: unknown;
		_flow = {
			handleError: (node: Node, words: string, message: Message): boolean => {
				watch.caught(node.id, words, message);
				return true;
			},
		};
		send(outputs: unknown): void {
			const all = Array.isArray(outputs) ? (outputs as readonly (Message | null)[]) : [outputs as Message];
			for (const [index, message] of all.entries()) if (message != null) watch.sent(this.id, index, message);
		}
		status(): void {
			// Nobody looks.
		}
		metric(): boolean {
			return false;
		}
		warn(text: string): void {
			watch.log('warn', this.id, text);
		}
		log(text: string): void {
			watch.log('log', this.id, text);
		}
		error(words: unknown, message?: Message): void {
			if (message === undefined) watch.log('error', this.id, String(words));
			else watch.caught(this.id, String(words), message);
		}
	}
	const sink = new Node();
	const pass =
		() =>
		(_request: unknown, _response: unknown, next: () => void): void =>
			next();
	const RED = {
		nodes: {
			createNode: (node: Node, config: NodeConfig) => {
				// A node is made by a function that is no class: what its emitter needs is made here.
				EventEmitter.call(node as never);
				node.setMaxListeners(0);
				const fresh = new Node();
				Object.assign(node, {
					id: config.id,
					type: config.type,
					wires: config.wires,
					credentials: flow.credentials[config.id],
					_flow: fresh._flow,
				});
			},
			registerType: (type: string, made: new (config: NodeConfig) => EventEmitter) => {
				Object.setPrototypeOf(made.prototype as object, Node.prototype);
				types.set(type, made);
			},
			getNode: (id: string) => (id === 'sink' ? sink : (nodes.get(id) ?? null)),
			eachNode: (look: (config: NodeConfig) => void) => flow.configs.forEach(look),
			getCredentials: (id: string) => flow.credentials[id],
		},
		settings: { userDir },
		events,
		log: { warn: (text: string) => watch.log('warn', '', text) },
		auth: { needsPermission: pass },
		httpAdmin: { get: () => undefined, post: () => undefined, use: () => undefined },
		util: {
			cloneMessage: <Value>(message: Value): Value => structuredClone(message),
			evaluateNodeProperty: () => '',
		},
		_: (key: string) => key,
	};
	const make = (config: NodeConfig): void => {
		const Made = types.get(config.type);
		if (Made === undefined) throw new Error(`No node of type ${config.type}.`);
		nodes.set(config.id, new Made(config));
	};
	/** Calls `done` once for each of them, when what listens to its end has ended. */
	const close = (closing: readonly EventEmitter[], done: () => void): void => {
		for (const node of closing) {
			const listeners = node.listeners('close') as ((...given: unknown[]) => void)[];
			let left = listeners.length;
			const ended = (): void => {
				if (--left === 0) done();
			};
			for (const listener of listeners) {
				if (listener.length === 0) {
					listener.call(node);
					ended();
				} else if (listener.length === 1) listener.call(node, ended);
				else listener.call(node, false, ended);
			}
		}
	};
	return {
		RED,
		start: (given) => {
			flow = given;
			nodes = new Map();
			flow.configs.forEach(make);
			events.emit('flows:started', {});
		},
		node: (id) => nodes.get(id) as never,
		receive: (id, message, done) => {
			const node = nodes.get(id);
			node?.emit('input', message, (outputs: unknown) => (node as Node).send(outputs), done);
		},
		stop: (closed) => {
			const closing = [...nodes.values()];
			let open = closing.length;
			let isOver = false;
			const over = (isInTime: boolean): void => {
				if (isOver) return;
				isOver = true;
				takeBack();
				nodes = new Map();
				closed(isInTime);
			};
			const takeBack = after(closeTimeoutMs, () => over(false));
			if (open === 0) over(true);
			close(closing, () => {
				if (--open === 0) over(true);
			});
		},
		renew: (ids, made) => {
			const closing = ids.flatMap((id) => nodes.get(id) ?? []);
			let open = closing.length;
			const running = nodes;
			close(closing, () => {
				// Whatever stops or starts all of them meanwhile makes them too.
				if (--open > 0 || nodes !== running) return;
				for (const config of flow.configs) if (ids.includes(config.id)) make(config);
				events.emit('flows:started', {});
				made();
			});
		},
	};
};
