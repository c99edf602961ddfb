import type { Outcome } from '../../../packages/core/src';
import type { Failure } from 'n8n-workflow';

const waitFor = (cause: 'rate-limited' | 'temporarily-unavailable', retryAfterMs: number | null): Failure =>
	retryAfterMs === null ? { cause } : { cause, retryAfterMs };

/**
 * Why a lead failed, in n8n's own terms, for who reads errors by program. Undefined where none of them is true: a wrong field is
 * the lead's, and after a lost answer nobody should just try again.
 */
export const failureCause = (outcome: Outcome): Failure | undefined => {
	switch (outcome.outcome) {
		case 'unauthorized':
			return { cause: 'credential-invalid' };
		case 'forbidden':
			return { cause: 'configuration-invalid' };
		case 'rateLimited':
			return waitFor('rate-limited', outcome.cause.retryAfterMs);
		case 'failed':
			switch (outcome.cause.kind) {
				case 'notReached':
					return waitFor('temporarily-unavailable', null);
				case 'busy':
					return waitFor('temporarily-unavailable', outcome.cause.retryAfterMs);
				case 'redirect':
				case 'notConfigured':
				case 'variable':
					return { cause: 'configuration-invalid' };
				default:
					return undefined;
			}
		default:
			return undefined;
	}
};
