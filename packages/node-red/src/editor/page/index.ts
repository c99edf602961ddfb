import { accountPage } from './accountPage';
import { alertsPage } from './alertsPage';
import { type Words, withCatalogWords } from './catalogWords';
import { createLeadPage } from './createLeadPage';
import { helpPage } from './help';
import { directed, script } from './html';
import { leadFormPage } from './leadFormPage';
import { fields, outcomeKinds, platformNames, platforms } from '@icloud-ready/core';

export const nodeTypes = [
	'icloud-ready-account',
	'icloud-ready-create-lead',
	'icloud-ready-lead-form',
	'icloud-ready-alerts',
] as const;
export type NodeType = (typeof nodeTypes)[number];

const form = (type: NodeType): string => {
	switch (type) {
		case 'icloud-ready-account':
			return accountPage();
		case 'icloud-ready-create-lead':
			return createLeadPage();
		case 'icloud-ready-lead-form':
			return leadFormPage();
		case 'icloud-ready-alerts':
			return alertsPage();
	}
};

/** A node's html file: its looks, its form and the code of its dialog. */
export const nodePage = (type: NodeType, css: string, code: string): string =>
	`<style>\n${css.trim()}\n</style>\n` +
	script(`type="text/html" data-template-name="${type}"`, directed(form(type))) +
	script('type="text/javascript"', code);

/** A node's locale and help files in one language, from what is written by hand in it. */
export const localePages = (
	type: NodeType,
	language: string,
	written: Words,
	markdown: string,
): { readonly json: string; readonly html: string } => {
	const words = withCatalogWords(written, language);
	const kinds = outcomeKinds.map(({ kind }) => kind);
	const required = fields.filter((field) => 'required' in field).map(({ name }) => name);
	return { json: `${JSON.stringify(words, null, 2)}\n`, html: helpPage(type, markdown, words, kinds, required) };
};

/** What the dialogs' code must know of the catalog; the names are those of its `declare const`. */
export const dialogFacts = (): Readonly<Record<string, unknown>> => ({
	FIELD_NAMES: Object.fromEntries(fields.map(({ path, name }) => [path, name])),
	REQUIRED_PATHS: fields.filter((field) => 'required' in field).map(({ path }) => path),
	OUTCOME_KINDS: outcomeKinds.map(({ kind }) => kind),
	PLATFORM_SECRETS: Object.fromEntries(platformNames.map((name) => [name, platforms[name].secrets])),
});
