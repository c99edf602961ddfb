/** The part of the helper that these tests use; it ships no types. */
declare module 'node-red-node-test-helper' {
	interface TestNode {
		receive(msg: unknown): void;
		on(event: 'input', listener: (msg: unknown) => void): void;
		readonly status: { readonly args: readonly (readonly Record<string, unknown>[])[] };
	}
	const helper: {
		init(runtimePath: string, settings?: Record<string, unknown>): void;
		settings(settings: Record<string, unknown>): void;
		load(nodes: readonly unknown[], flow: readonly unknown[], credentials?: Record<string, unknown>): Promise<void>;
		unload(): Promise<void>;
		clearFlows(): Promise<void>;
		getNode(id: string): TestNode;
		startServer(done: () => void): void;
		stopServer(done: () => void): void;
		request(): {
			post(path: string): {
				send(body: unknown): Promise<{ readonly status: number; readonly body: Record<string, unknown> }>;
			};
			get(path: string): Promise<{ readonly status: number; readonly body: Record<string, unknown> }> & {
				set(
					name: string | Readonly<Record<string, string>>,
					value?: string,
				): Promise<{ readonly status: number; readonly body: Record<string, unknown> }>;
			};
		};
		log(): { readonly args: readonly (readonly { readonly level: number; readonly msg: unknown }[])[] };
	};
	export default helper;
}
