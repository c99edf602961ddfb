import { saying } from './checks';

/** Whether an account is chosen that can be used. */
export const accountCheck = saying((value) => {
	if (typeof value !== 'string' || value === '' || value === '_ADD_') return { key: 'error.account.missing' };
	const account = RED.nodes.node(value);
	if (account === null || account === undefined) return { key: 'error.account.gone' };
	return account.valid === false ? { key: 'error.account.incomplete' } : undefined;
});
