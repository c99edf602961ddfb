// Nothing is imported here, so that Node-RED's dialog gets these lines only and decides as the running node does.

/** What keeps a base URL from being used: no web address, a login in it, more than an address, or plain http to another machine. */
export type BaseUrlFlaw = 'baseUrl' | 'login' | 'path' | 'https';

const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/i;

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
	return url?.protocol === 'http:' && !loopback.test(url.hostname);
};

/** Read from the text: a parsed URL has resolved a step up, and turned a backslash round, so that nobody sees where it goes. */
const leadsElsewhere = (text: string): boolean => /[?#\\]/.test(text) || /\/(?:\.|%2e){1,2}(?=\/|$)/i.test(text);

/** The first flaw of a base URL, or undefined where leads can be sent to it. `allowHttp`: plain http is wanted. */
export const baseUrlFlaw = (baseUrl: string, allowHttp: boolean): BaseUrlFlaw | undefined => {
	const text = baseUrl.trim();
	const url = parsed(text);
	// A browser's reading passes over line breaks; whoever copied one along should see it.
	if (url === undefined || !/^https?:\/\//i.test(text) || url.hostname === '' || /\s/.test(text)) return 'baseUrl';
	if (url.username !== '' || url.password !== '') return 'login';
	if (leadsElsewhere(text)) return 'path';
	return allowHttp || !isReadableOnTheWay(text) ? undefined : 'https';
};
