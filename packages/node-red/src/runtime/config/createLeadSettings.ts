import { type FieldSetting, readFieldSettings } from './fieldSettings';
import {
	choiceSetting,
	onFirstUse,
	type Policy,
	policySettings,
	readSettings,
	type SettingFlaw,
} from '@icloud-ready/core';
import type { NodeDef } from 'node-red';

/** A create-lead node's properties as the editor saves them; a flow that was written by hand may hold anything. */
export interface CreateLeadConfig extends NodeDef {
	readonly account?: unknown;
	readonly input?: unknown;
	readonly fields?: unknown;
	readonly routing?: unknown;
	readonly defaultCountry?: unknown;
	readonly phone?: unknown;
	readonly unconfirmed?: unknown;
	readonly duplicates?: unknown;
	readonly duplicateKey?: unknown;
	readonly phoneAsName?: unknown;
	readonly dryRun?: unknown;
}

const inputs = ['form', 'fields', 'lead'] as const;
const routings = ['split', 'pair', 'catch'] as const;

/** Where the lead comes from. */
export type Input = (typeof inputs)[number];

/** Which outputs a create-lead node has. */
export type Routing = (typeof routings)[number];

export interface CreateLeadSettings {
	/** @default 'form' */
	readonly input: Input;
	/** @default 'split' */
	readonly routing: Routing;
	readonly fields: readonly FieldSetting[];
	/** The part of a policy that belongs to the node; the rest is the account's. */
	readonly policy: Pick<
		Policy,
		'defaultCountry' | 'phone' | 'phoneAsName' | 'unconfirmed' | 'duplicates' | 'duplicateKey' | 'dryRun'
	>;
}

const settings = onFirstUse(() => {
	const { defaultCountry, phone, phoneAsName, unconfirmed, duplicates, duplicateKey, dryRun } = policySettings();
	return {
		input: choiceSetting(inputs),
		routing: choiceSetting(routings),
		defaultCountry,
		phone,
		phoneAsName,
		unconfirmed,
		duplicates,
		duplicateKey,
		dryRun,
	};
});

/** A node's settings, each gap filled by its default; `flaws` tells which took the place of what somebody set. */
export const readCreateLeadSettings = (
	config: unknown,
): { readonly settings: CreateLeadSettings; readonly flaws: readonly SettingFlaw[] } => {
	const { values, flaws } = readSettings(settings(), config);
	const { input, routing, ...policy } = values;
	const saved = typeof config === 'object' && config !== null && 'fields' in config ? config.fields : undefined;
	const read = readFieldSettings(saved);
	return { settings: { input, routing, fields: read.fields, policy }, flaws: [...flaws, ...read.flaws] };
};

export const createLeadSettings = (config: unknown): CreateLeadSettings => readCreateLeadSettings(config).settings;
