import type { Complaint } from './checks';

const isLocal = (host: string): boolean => /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/i.test(host);

const parsed = (text: string): URL | undefined => {
	try {
		return new URL(text);
	} catch {
		return undefined;
	}
};

/** Whether the key would travel readable: plain http to another machine. */
export const isReadableOnTheWay = (baseUrl: string): boolean => {
	const url = parsed(baseUrl.trim());
	return url !== undefined && url.protocol === 'http:' && !isLocal(url.hostname);
};

/** What keeps a base URL from being used. `${NAME}` as a whole is filled in by Node-RED and passes. */
export const baseUrlComplaint = (value: unknown, allowHttp: boolean): Complaint => {
	const text = String(value ?? '').trim();
	if (text === '') return { key: 'error.baseUrl.missing' };
	if (/^\$[{(]\w+[)}]$/.test(text)) return undefined;
	const url = parsed(text);
	if (url === undefined || !/^https?:$/.test(url.protocol) || url.hostname === '') return { key: 'error.baseUrl.notAnAddress' };
	if (url.username !== '' || url.password !== '') return { key: 'error.baseUrl.holdsLogin' };
	if (!allowHttp && isReadableOnTheWay(text)) return { key: 'error.baseUrl.readable' };
	return undefined;
};
