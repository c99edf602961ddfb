import { nothing, type Answer, type Decision } from './answers';

/** What a test lays down for one coming call. `body` is sent as it is when it is text, else as JSON. */
export type ScriptedAnswer =
	| {
			readonly status: number;
			readonly headers?: Readonly<Record<string, string>>;
			readonly body?: unknown;
			readonly delayMs?: number;
	  }
	/** `before`: cut with nothing created. `after`: cut once the lead is created. `midBody`: created, then half an answer. */
	| { readonly cut: 'before' | 'after' | 'midBody' };

function scriptedAnswer(scripted: Extract<ScriptedAnswer, { status: number }>): Answer {
	const { status, headers = {}, body = '' } = scripted;
	if (typeof body === 'string')
		return { status, headers: { 'content-type': 'text/plain; charset=utf-8', ...headers }, body };
	return {
		status,
		headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
		body: JSON.stringify(body),
	};
}

/** Puts a scripted answer in the place of what the API would decide. `ordinary` is asked only where a lead may be created. */
export function followScript(scripted: ScriptedAnswer, ordinary: () => Decision): Decision {
	if ('status' in scripted) return { ...nothing, answer: scriptedAnswer(scripted), delayMs: scripted.delayMs ?? 0 };
	switch (scripted.cut) {
		case 'before':
			return { ...nothing, cut: 'silent' };
		case 'after':
			return { ...ordinary(), cut: 'silent' };
		case 'midBody':
			return { ...ordinary(), cut: 'midBody' };
	}
}
