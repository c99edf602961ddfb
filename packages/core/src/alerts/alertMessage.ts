import { holdReasons } from '../outcome/holdReason';
import { onFirstUse } from '../text/onFirstUse';
import { alertKinds } from './condition';
import { type Alert, alertStates } from './decideAlerts';
import * as z from 'zod/v4-mini';

/** An alert in the words of one language. */
interface Worded {
	readonly title: string;
	readonly text: string;
}

/** What a gateway posts to whoever is to be told. It holds no person's data and no key. */
export interface AlertMessage {
	/** For example `alert.key.begun`. */
	readonly type: `alert.${Alert['kind']}.${Alert['state']}`;
	/** When it is told, as ISO 8601. */
	readonly timestamp: string;
	readonly data: AlertData;
}

export interface AlertData {
	readonly kind: Alert['kind'];
	readonly state: Alert['state'];
	readonly organizationId: string | null;
	/** How many leads it concerns; 0 where none is there yet, or nobody knows. */
	readonly count: number;
	/** What holds the leads back, where they wait. */
	readonly why: NonNullable<Alert['why']> | null;
	/** ISO 8601. */
	readonly since: string;
	readonly over: string | null;
	readonly en: Worded;
	readonly ar: Worded;
}

const schema = onFirstUse(() => {
	const worded = z.object({ title: z.string(), text: z.string() });
	return z.object({
		type: z.string().check(z.startsWith('alert.')),
		data: z.object({
			kind: z.enum(alertKinds),
			state: z.enum(alertStates),
			organizationId: z.nullable(z.string()),
			count: z.int().check(z.minimum(0)),
			why: z.nullable(z.enum(holdReasons)),
			since: z.string(),
			over: z.nullable(z.string()),
			en: worded,
			ar: worded,
		}),
	});
});

/** What a gateway's alert says; undefined where a message is none. */
export const readAlertMessage = (message: unknown): AlertData | undefined => schema().safeParse(message).data?.data;
