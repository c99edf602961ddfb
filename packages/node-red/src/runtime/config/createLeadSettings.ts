import { type FieldSetting, fieldSettings } from './fieldSettings';
import { asText, isTrue } from './values';
import { defaultReading, type Policy } from '@icloud-ready/core';
import type { NodeDef } from 'node-red';

/** A create-lead node's properties as the editor saves them; a flow that was written by hand may hold anything. */
export interface CreateLeadConfig extends NodeDef {
	readonly account?: string;
	readonly input?: string;
	readonly fields?: unknown;
	readonly routing?: string;
	readonly defaultCountry?: string;
	readonly phone?: string;
	readonly unconfirmed?: string;
	readonly duplicates?: string;
	readonly duplicateKey?: string;
	readonly dryRun?: unknown;
}

export interface CreateLeadSettings {
	readonly input: Input;
	readonly routing: Routing;
	readonly fields: readonly FieldSetting[];
	readonly policy: Pick<Policy, 'defaultCountry' | 'phone' | 'unconfirmed' | 'duplicates' | 'duplicateKey' | 'dryRun'>;
}

/** One of a property's possible values; the first where a flow holds something else. */
const oneOf = <Value extends string>(values: readonly [Value, ...Value[]], given: unknown): Value =>
	values.find((value) => value === given) ?? values[0];

/** A node's settings with every gap filled by its default. */
export const createLeadSettings = (config: CreateLeadConfig): CreateLeadSettings => ({
	input: oneOf(['form', 'fields', 'lead'], config.input),
	routing: oneOf(['split', 'pair', 'catch'], config.routing),
	fields: fieldSettings(config.fields),
	policy: {
		defaultCountry: asText(config.defaultCountry).toUpperCase() || defaultReading.defaultCountry,
		phone: oneOf(['normalize', 'check', 'asIs'], config.phone),
		unconfirmed: oneOf(['report', 'resend'], config.unconfirmed),
		duplicates: oneOf(['allow', 'run', 'always'], config.duplicates),
		duplicateKey: oneOf(['phone', 'email', 'phoneAndCampaign', 'submission'], config.duplicateKey),
		dryRun: isTrue(config.dryRun),
	},
});

export type Input = 'fields' | 'form' | 'lead';

/** Which outputs a create-lead node has. */
export type Routing = 'split' | 'pair' | 'catch';
