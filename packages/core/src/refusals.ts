import type { Outcome } from './outcome';

/**
 * After a 401 nothing more is sent with a key, after a 403 nothing more for an organization: a thousand more refusals
 * would say the same. After a while one lead is let through to see whether it works again.
 */
export interface Refusals {
	/** Whether a lead of this organization may be sent; the caller tells `learn` what came of it. */
	readonly check: (organizationId: string, nowMs: number) => 'send' | 'unauthorized' | 'forbidden';
	/** What came of a lead that left at `leftAtMs`. */
	readonly learn: (organizationId: string, outcome: Pick<Outcome, 'outcome' | 'status'>, leftAtMs: number, nowMs: number) => void;
	/** Whether the key itself is refused for now. */
	readonly isKeyRefused: () => boolean;
}

interface Pause {
	/** What left before it began tells nothing of it. */
	readonly begunAtMs: number;
	readonly lastsMs: number;
}

export interface Probing {
	/** How long the first pause lasts, in ms; each further one lasts twice as long. Infinity: nothing is tried again. */
	readonly firstPauseMs: number;
	readonly longestPauseMs: number;
}

export const createRefusals = ({ firstPauseMs, longestPauseMs }: Probing): Refusals => {
	let key: Pause | undefined;
	const organizations = new Map<string, Pause>();

	const begun = (before: Pause | undefined, nowMs: number): Pause => ({
		begunAtMs: nowMs,
		lastsMs: before === undefined ? firstPauseMs : Math.min(longestPauseMs, before.lastsMs * 2),
	});
	const holds = (pause: Pause | undefined, nowMs: number): boolean => pause !== undefined && nowMs < pause.begunAtMs + pause.lastsMs;
	/** The lead that is let through holds the others back for one more pause, so that only one asks. */
	const probed = (pause: Pause, nowMs: number): Pause => ({ ...pause, begunAtMs: nowMs });
	const isNews = (pause: Pause | undefined, leftAtMs: number): boolean => pause === undefined || leftAtMs >= pause.begunAtMs;

	return {
		check: (organizationId, nowMs) => {
			const organization = organizations.get(organizationId);
			if (holds(key, nowMs)) return 'unauthorized';
			if (holds(organization, nowMs)) return 'forbidden';
			if (key !== undefined) key = probed(key, nowMs);
			if (organization !== undefined) organizations.set(organizationId, probed(organization, nowMs));
			return 'send';
		},
		learn: (organizationId, { outcome, status }, leftAtMs, nowMs) => {
			if (status === null || !isNews(key, leftAtMs)) return;
			key = outcome === 'unauthorized' ? begun(key, nowMs) : undefined;
			const organization = organizations.get(organizationId);
			if (outcome === 'unauthorized' || !isNews(organization, leftAtMs)) return;
			if (outcome === 'forbidden') organizations.set(organizationId, begun(organization, nowMs));
			else organizations.delete(organizationId);
		},
		isKeyRefused: () => key !== undefined,
	};
};
