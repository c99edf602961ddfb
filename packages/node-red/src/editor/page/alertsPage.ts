import { worded } from './html';
import { configRow, inputRow, numberRow } from './rows';

const prefix = 'node-input';
const what = ['key', 'organization', 'waiting', 'unconfirmed', 'queueFull', 'store', 'damaged', 'notLeaving'] as const;

/** The form of the alerts node: whose leads, and what is told of them. */
export const alertsPage = (): string =>
	[
		inputRow(prefix, 'name', 'tag'),
		configRow(prefix, 'account', 'cloud'),
		numberRow(prefix, 'minutes'),
		worded('div', 'what.note', 'class="icr-note"'),
		`<ul class="icr-what">${what.map((kind) => worded('li', `what.${kind}`)).join('')}</ul>`,
		worded('div', 'what.wire', 'class="icr-note"'),
	].join('\n');
