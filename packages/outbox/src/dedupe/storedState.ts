import { schemaVersion } from '../store/entryText';
import type { DedupeState } from '@icloud-ready/core';
import * as z from 'zod/v4';

const stored = z.object({ schemaVersion: z.literal(schemaVersion), state: z.enum(['sending', 'created']) });

export const storedText = (state: DedupeState): string => JSON.stringify({ schemaVersion, state });

/**
 * What is known of a key, by what stands at it. What is damaged there, or was written by a newer version, was written when
 * its lead left: so it is `sending`, and the next lead of the key ends as unconfirmed, with nothing sent and nothing
 * written over it. Never throws.
 */
export const stateIn = (text: string): DedupeState => {
	try {
		return stored.parse(JSON.parse(text)).state;
	} catch {
		return 'sending';
	}
};
