/** Why a folder cannot be used, as far as the system says. */
export type Reason = 'noSpace' | 'readOnly' | 'noPermission' | 'notThere' | 'locked' | 'other';

const part = (error: unknown, name: 'code' | 'message'): string =>
	String((error as Readonly<Record<string, unknown>> | null | undefined)?.[name] ?? '');

/** A database says it in its own words, with the system's behind them; nothing of a path or a lead is passed on. */
export const reasonOf = (error: unknown): Reason => {
	const cause = (error as { readonly cause?: unknown } | null | undefined)?.cause;
	const codes = [part(error, 'code'), part(cause, 'code')];
	const text = `${part(error, 'message')} ${part(cause, 'message')}`;
	const is = (code: string, words: RegExp): boolean => codes.includes(code) || words.test(text);
	if (is('LEVEL_LOCKED', /already held by process|Resource temporarily unavailable/i)) return 'locked';
	if (
		is('ENOSPC', /No space left|File too large/i) ||
		codes.includes('EDQUOT') ||
		codes.includes('EFBIG') ||
		/quota exceeded/i.test(text)
	)
		return 'noSpace';
	if (is('EROFS', /Read-only file system/i)) return 'readOnly';
	if (is('EACCES', /Permission denied|Operation not permitted/i) || codes.includes('EPERM')) return 'noPermission';
	if (is('ENOENT', /No such file|Not a directory|does not exist/i) || codes.includes('ENOTDIR')) return 'notThere';
	return 'other';
};

const words: Readonly<Record<Reason, string>> = {
	noSpace: 'its disk is full',
	readOnly: 'its disk is read-only',
	noPermission: 'this program may not write there',
	notThere: 'it is not there, or another one stands in its place',
	locked: 'another process uses it',
	other: 'its files cannot be read or written',
};

/** The end of a sentence: "… cannot be used: its disk is full". */
export const reasonText = (error: unknown): string => words[reasonOf(error)];

/** Another process holds a store, or the system refuses it: nothing is wrong with what is in it, and it stays where it is. */
export const isNotItsFault = (error: unknown): boolean => {
	const cause = (error as { readonly cause?: unknown } | null | undefined)?.cause;
	const codes = [part(error, 'code'), part(cause, 'code')];
	// A file that is not there is one that it lost itself, unless the system says so of the folder.
	return (
		!['other', 'notThere'].includes(reasonOf(error)) ||
		codes.some((code) => /^E[A-Z]+$/.test(code)) ||
		/Too many open files/i.test(part(cause, 'message'))
	);
};
