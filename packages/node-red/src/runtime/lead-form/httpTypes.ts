import type { IncomingMessage, ServerResponse } from 'node:http';

/** A request as Node-RED's HTTP server gives it, as far as it is read here. */
export interface FormRequest extends IncomingMessage {
	readonly path: string;
	readonly query: Readonly<Record<string, unknown>>;
	readonly originalUrl: string;
}

export type FormResponse = ServerResponse;
export type Next = (error?: unknown) => void;
export type Middleware = (request: FormRequest, response: FormResponse, next: Next) => void;

/** Node-RED's HTTP server, as far as it is used here. */
export interface FormServer {
	use(middleware: Middleware): void;
}
