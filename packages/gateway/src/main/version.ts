import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/v4';

const manifest = z.object({ name: z.literal('@icloud-ready/gateway'), version: z.string() });

/** Beside the built command, and beside the sources. */
const places = ['..', '../..'] as const;

const versionAt = (place: string): string | undefined => {
	try {
		return manifest.safeParse(JSON.parse(readFileSync(join(__dirname, place, 'package.json'), 'utf8'))).data?.version;
	} catch {
		return undefined;
	}
};

/** This gateway's version; empty where its package.json is gone. */
export const version = (): string => places.map(versionAt).find((found) => found !== undefined) ?? '';
