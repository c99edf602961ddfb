import { createHash, timingSafeEqual } from 'node:crypto';

const cookieName = 'icloud_ready_inbox';
const lastsMs = 8 * 3_600_000;
/** A time further ahead was signed by a clock that was wrong: a visit that would last for years ends. An hour or so may be set back. */
const longestLeftMs = 2 * lastsMs;

/** Who may see the inbox: whoever signed in with the token. What a browser keeps is a signed time, which any gateway with the same secret and token takes. */
export interface Access {
	readonly isToken: (given: string) => boolean;
	/** A Set-Cookie header that lets its browser in for a while. */
	readonly cookie: (isSecure: boolean) => string;
	readonly isSignedIn: (cookies: string | undefined) => boolean;
}

export interface AccessMeans {
	readonly token: string;
	/** What only a gateway with this secret can make of texts. */
	readonly sign: (...texts: readonly string[]) => string;
	readonly now: () => number;
}

/** Takes as long whatever is equal in the two. */
const isEqual = (one: string, other: string): boolean => {
	const hash = (text: string): Buffer => createHash('sha256').update(text).digest();
	return timingSafeEqual(hash(one), hash(other));
};

const attributes = 'Path=/inbox; HttpOnly; SameSite=Strict';

/** A Set-Cookie header that ends a visit. */
export const endedCookie = `${cookieName}=; ${attributes}; Max-Age=0`;

const valuesOf = (cookies: string): readonly string[] =>
	cookies
		.split(';')
		.map((each) => each.trim())
		.filter((each) => each.startsWith(`${cookieName}=`))
		.map((each) => each.slice(cookieName.length + 1));

export const createAccess = ({ token, sign, now }: AccessMeans): Access => {
	const signed = (untilMs: string): string => sign('inbox', token, untilMs);
	const isValid = (value: string): boolean => {
		const [untilMs = '', signature = ''] = value.split('.');
		return (
			/^\d{1,15}$/.test(untilMs) &&
			isEqual(signature, signed(untilMs)) &&
			Number(untilMs) > now() &&
			Number(untilMs) <= now() + longestLeftMs
		);
	};
	return {
		isToken: (given) => isEqual(given, token),
		cookie: (isSecure) => {
			const untilMs = String(now() + lastsMs);
			return `${cookieName}=${untilMs}.${signed(untilMs)}; ${attributes}; Max-Age=${lastsMs / 1000}${isSecure ? '; Secure' : ''}`;
		},
		isSignedIn: (cookies = '') => valuesOf(cookies).some(isValid),
	};
};
