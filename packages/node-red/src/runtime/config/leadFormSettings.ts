import {
	choiceSetting,
	flagSetting,
	numberSetting,
	onFirstUse,
	platformNames,
	type PlatformName,
	readSettings,
	type SettingFlaw,
	textSetting,
} from '@icloud-ready/core';
import { answerModes, browserAnswers, answerSecondsLimit } from '../../leadForm';
import { defaultGraphUrl } from '@icloud-ready/core/apiDefaults';
import type { NodeDef } from 'node-red';

/** A lead form node's properties as the editor saves them; a flow that was written by hand may hold anything. */
export interface LeadFormConfig extends NodeDef {
	readonly path?: unknown;
	readonly platform?: unknown;
	readonly answer?: unknown;
	readonly answerSeconds?: unknown;
	readonly browser?: unknown;
	readonly redirect?: unknown;
	readonly ownerNotes?: unknown;
	readonly origins?: unknown;
	readonly publicUrl?: unknown;
	readonly graphUrl?: unknown;
}

export interface LeadFormSettings {
	/** Of the address, with its slash: `/ad-leads`. Empty: nothing is received. */
	readonly path: string;
	/** @default 'any' */
	readonly platform: PlatformName;
	/** When a call is answered. @default 'whenSafe' */
	readonly answer: (typeof answerModes)[number];
	/** How long an answer may take, in seconds. 1 to 60. @default 10 */
	readonly answerSeconds: number;
	/** What a browser that sends a form gets. @default 'data' */
	readonly browser: (typeof browserAnswers)[number];
	/** Where a browser goes that is redirected. */
	readonly redirect: string;
	/** The page tells the site's owner what iCloud-Ready said. @default false */
	readonly ownerNotes: boolean;
	/** Websites whose own scripts may read the answer; `*`: all of them. */
	readonly origins: readonly string[];
	/** What platforms reach Node-RED by, where it is not the address of the editor. */
	readonly publicUrl: string;
	/** Where Meta's leads are fetched. */
	readonly graphUrl: string;
}

const settings = onFirstUse(() => ({
	path: textSetting(),
	platform: choiceSetting(platformNames),
	answer: choiceSetting(answerModes),
	answerSeconds: numberSetting(answerSecondsLimit),
	browser: choiceSetting(browserAnswers),
	redirect: textSetting(),
	ownerNotes: flagSetting(),
	origins: textSetting(),
	publicUrl: textSetting(),
	graphUrl: textSetting(defaultGraphUrl),
}));

/** A path with one slash before and none behind it, however it was typed; empty where it is none. */
const tidyPath = (typed: string): string => {
	const names = typed.split('/').filter((name) => name !== '');
	return names.length === 0 ? '' : `/${names.join('/')}`;
};

/** A node's settings, each gap filled by its default; `flaws` tells which took the place of what somebody set. */
export const readLeadFormSettings = (
	config: unknown,
): { readonly settings: LeadFormSettings; readonly flaws: readonly SettingFlaw[] } => {
	const { values, flaws } = readSettings(settings(), config);
	return {
		settings: {
			...values,
			path: tidyPath(values.path),
			origins: values.origins
				.split(/[\s,،]+/)
				.map((origin) => origin.replace(/\/$/, '').toLowerCase())
				.filter((origin) => origin !== ''),
			publicUrl: values.publicUrl.replace(/(?<!\/)\/+$/, ''),
			graphUrl: values.graphUrl.replace(/(?<!\/)\/+$/, ''),
		},
		flaws,
	};
};
