import { baseUrlFlaw } from '../../baseUrl';
import type { Complaint } from './checks';

const keys = {
	baseUrl: 'error.baseUrl.notAnAddress',
	login: 'error.baseUrl.holdsLogin',
	path: 'error.baseUrl.holdsMore',
	https: 'error.baseUrl.readable',
} as const;

/** What keeps a base URL from being used. `${NAME}` as a whole is filled in by Node-RED and passes. */
export const baseUrlComplaint = (value: unknown, allowHttp: boolean): Complaint => {
	const text = String(value ?? '').trim();
	if (text === '') return { key: 'error.baseUrl.missing' };
	if (/^\$[{(]\w+[)}]$/.test(text)) return undefined;
	const flaw = baseUrlFlaw(text, allowHttp);
	return flaw === undefined ? undefined : { key: keys[flaw] };
};
