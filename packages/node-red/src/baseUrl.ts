// The dialog and the runtime decide alike; nothing is imported here, so that the browser gets these lines only.

const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/i;

const parsed = (text: string): URL | undefined => {
	try {
		return new URL(text.trim());
	} catch {
		return undefined;
	}
};

/** Whether the key would travel readable: plain http to another machine. */
export const isReadableOnTheWay = (baseUrl: string): boolean => {
	const url = parsed(baseUrl);
	return url?.protocol === 'http:' && !loopback.test(url.hostname);
};

/** What keeps a base URL from being used: no web address, a login in it, or plain http to another machine. */
export const baseUrlFlaw = (baseUrl: string, allowHttp: boolean): 'baseUrl' | 'login' | 'https' | undefined => {
	const url = parsed(baseUrl);
	if (url === undefined || !/^https?:$/.test(url.protocol) || url.hostname === '') return 'baseUrl';
	if (url.username !== '' || url.password !== '') return 'login';
	return allowHttp || !isReadableOnTheWay(baseUrl) ? undefined : 'https';
};
