import { onFirstUse } from '../text/onFirstUse';
import * as z from 'zod/v4-mini';

/** Alerts that came before, by their ids: when, in ms since 1970. */
export type KnownAlerts = Readonly<Record<string, number>>;

/** A gateway tries one alert for no longer than it is so; what lasts is another alert each day. */
const rememberedMs = 2 * 86_400_000;
const mostRemembered = 500;

const schema = onFirstUse(() => z.record(z.string(), z.number()));

/** Whether an alert with this id came before, and what is to be remembered from now on. `stored`: anything; what cannot be read is nothing. */
export const withAlert = (
	stored: unknown,
	id: string,
	nowMs: number,
): { readonly isRepeat: boolean; readonly known: KnownAlerts } => {
	const before = Object.entries(schema().safeParse(stored).data ?? {}).filter(
		([, atMs]) => Math.abs(nowMs - atMs) < rememberedMs,
	);
	if (before.some(([each]) => each === id)) return { isRepeat: true, known: Object.fromEntries(before) };
	const newest = [...before].sort(([, one], [, other]) => other - one).slice(0, mostRemembered - 1);
	return { isRepeat: false, known: Object.fromEntries([...newest, [id, nowMs]]) };
};
