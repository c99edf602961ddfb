import type { TestResult } from '../../runtime/account/testResult';
import type { Translate } from './words';

/** What Node-RED shows instead of a stored password. */
const storedPassword = '__PWRD__';

/** The key that was typed; undefined where the field was left alone and the stored one is meant. */
export const typedKey = (value: string, isStored: boolean): string | undefined => {
	if (value === storedPassword || (value === '' && isStored)) return undefined;
	return value;
};

/**
 * Whether a typed key still holds a part of what Node-RED shows for the stored one: somebody wrote into it, and neither the old key
 * nor the new one is meant.
 */
export const isHalfAKey = (value: string): boolean => value !== storedPassword && /_{1,2}PWRD|PWRD_{1,2}/.test(value);

/** Plain words for an answer of Node-RED itself, by its HTTP status (0: none): the test did not get as far as iCloud-Ready. */
export const refusal = (status: number, words: Translate): TestResult => {
	const said = (key: string): TestResult => ({
		ok: false,
		message: words(`test.${key}.message`, { status }),
		hint: words(`test.${key}.hint`),
	});
	if (status === 0) return said('silent');
	if (status === 200) return said('strange');
	// To Node-RED, a login that ended and one without the right are the same 401.
	if (status === 401 || status === 403) return said('notAllowed');
	if (status === 404) return said('notThere');
	return said('broken');
};
