/** The path as the runtime takes it: one slash before, none behind. */
const tidyPath = (typed: string): string => {
	const names = typed.split('/').filter((name) => name !== '');
	return names.length === 0 ? '' : `/${names.join('/')}`;
};

interface Place {
	/** What platforms reach Node-RED by, where somebody set it. */
	readonly publicUrl: string;
	/** Of the page that the editor is. */
	readonly origin: string;
	/** Node-RED's setting, under which all addresses of nodes are. */
	readonly httpNodeRoot: string;
}

/** The whole address of a node, to paste at a platform; empty without a path. */
export const addressOf = (path: string, { publicUrl, origin, httpNodeRoot }: Place): string => {
	const tidy = tidyPath(path);
	if (tidy === '') return '';
	const set = publicUrl.trim().replace(/(?<!\/)\/+$/, '');
	return set === '' ? `${origin}${tidyPath(httpNodeRoot)}${tidy}` : `${set}${tidy}`;
};

/** Whether a platform on the internet cannot reach it. */
export const isLocal = (address: string): boolean =>
	/^http:\/\/(?:localhost|127\.|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|\[)/.test(address);

/** A path that nobody can guess, for senders that prove nothing; `random` are 12 bytes of chance. */
export const unguessablePath = (random: Uint8Array): string =>
	`leads-${[...random].map((byte) => byte.toString(36).padStart(2, '0')).join('')}`;
