import { input, textOf } from './accountInputs';
import type { EditorNode } from './editor';
import { keptWaiting } from './kept';
import { wordsOf } from './words';

type Destination = Readonly<Record<'baseUrl' | 'organizationId', string>>;

/** Whether leads that wait would go elsewhere than they were given for; undefined where none wait, or nothing is changed. */
export const changedDestination = (
	before: Destination,
	after: Destination,
	waiting: number,
): 'server' | 'organization' | undefined => {
	if (waiting === 0) return undefined;
	if (before.baseUrl !== after.baseUrl) return 'server';
	return before.organizationId === after.organizationId ? undefined : 'organization';
};

/**
 * Asks before leads that wait go to another server or organization; on no, the dialog has the old ones again before
 * Node-RED reads it. It reads it as soon as this returns, so only the browser's own question can wait for the answer.
 */
export const askBeforeMoving = (node: EditorNode): void => {
	const before = { baseUrl: String(node.baseUrl ?? ''), organizationId: String(node.organizationId ?? '') };
	const after = { baseUrl: textOf('baseUrl'), organizationId: textOf('organizationId') };
	const waiting = keptWaiting(node.id);
	const moved = changedDestination(before, after, waiting);
	if (moved === undefined || window.confirm(wordsOf(node)(`kept.moved.${moved}`, { count: waiting }))) return;
	input('baseUrl').val(before.baseUrl);
	input('organizationId').val(before.organizationId);
	input('allowHttp').prop('checked', node.allowHttp === true);
};
