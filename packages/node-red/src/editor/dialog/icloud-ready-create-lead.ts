import { addOutboxTab, removeOutboxTab } from '../outbox/tab';
import { accountCheck } from './accountCheck';
import { saying } from './checks';
import { prepareChoiceHints, prepareRadios, showFor } from './choices';
import { keepUnknownCountry, prepareCountries } from './countries';
import type { FieldRows } from './fieldRows';
import { prepareLeadTab } from './leadTab';
import { preparePreview } from './previewTab';
import { fieldsToStore, missingPaths, type StoredField, storedFields } from './storedFields';
import { prepareTabs } from './tabs';
import { labelStyle, nameOr, paletteLabel } from './labels';
import { type Translate, wordsOf } from './words';
import { defaultPolicy } from '@icloud-ready/core/policy';

/** Made from the catalog at build time: flat name of each field by its dotted path, the paths of the required ones, and the kinds of outcomes. */
declare const FIELD_NAMES: Readonly<Record<string, string>>;
declare const REQUIRED_PATHS: readonly string[];
declare const OUTCOME_KINDS: readonly string[];

const outputsOf: Readonly<Record<string, number>> = { split: OUTCOME_KINDS.length, pair: 2, catch: 1 };

let rows: FieldRows | undefined;

const labelsOf = (paths: readonly string[], words: Translate): string =>
	paths
		.map((path) => (FIELD_NAMES[path] === undefined ? path : words(`field.${FIELD_NAMES[path]}.label`)))
		.join(words('comma'));

const fitsType = ({ value, valueType }: StoredField): boolean =>
	RED.utils.validateTypedProperty(value, valueType) === true;

const fieldsCheck = saying((value, node, words) => {
	if (node.input === 'lead') return undefined;
	const stored = storedFields(value);
	const missing = node.input === 'fields' ? missingPaths(REQUIRED_PATHS, stored) : [];
	if (missing.length > 0) return { key: 'error.required', blanks: { labels: labelsOf(missing, words) } };
	const wrong = stored.filter((entry) => !fitsType(entry)).map(({ field }) => field);
	return wrong.length > 0 ? { key: 'error.value', blanks: { labels: labelsOf(wrong, words) } } : undefined;
});

/** By what leads are the same matters only where they are looked for. */
const prepareDuplicates = (): void => {
	const choice = $('#node-input-duplicates');
	const show = (): void => showFor($('.icr-duplicates'), String(choice.val()));
	choice.on('change', show);
	show();
};

RED.nodes.registerType('icloud-ready-create-lead', {
	category: 'iCloud-Ready',
	color: '#9cc7e6',
	icon: 'icloud-ready.svg',
	align: 'left',
	inputs: 1,
	outputs: 8,
	defaults: {
		name: { value: '' },
		account: { value: '', type: 'icloud-ready-account', validate: accountCheck },
		input: { value: 'form' },
		fields: { value: [], validate: fieldsCheck },
		routing: { value: 'split' },
		outputs: { value: 8 },
		defaultCountry: { value: defaultPolicy.defaultCountry },
		phone: { value: defaultPolicy.phone },
		phoneAsName: { value: defaultPolicy.phoneAsName },
		duplicates: { value: defaultPolicy.duplicates },
		duplicateKey: { value: defaultPolicy.duplicateKey },
		unconfirmed: { value: defaultPolicy.unconfirmed },
		dryRun: { value: false },
	},
	label: nameOr(() => 'node'),
	labelStyle,
	paletteLabel: paletteLabel('node'),
	outputLabels(index) {
		const words = wordsOf(this);
		if (index > 0 && this.routing === 'pair') return words('routing.rest');
		return words(`outcome.${OUTCOME_KINDS[index] ?? 'failed'}.label`);
	},
	oneditprepare() {
		const words = wordsOf(this);
		prepareCountries(words);
		keepUnknownCountry(this.defaultCountry);
		prepareChoiceHints();
		prepareDuplicates();
		rows = prepareLeadTab(this, words);
		prepareRadios('routing', (routing) => {
			const outputs = outputsOf[routing] ?? OUTCOME_KINDS.length;
			$('#node-input-outputs').val(String(outputs));
			$('#icr-fewer-outputs').prop('hidden', outputs >= Number(this.outputs));
			showFor($('.icr-tab-outputs'), routing);
		});
		const preview = preparePreview(this.id, rows, words);
		prepareTabs(words, (name) => {
			if (name === 'preview') preview.refresh();
		});
	},
	oneditsave() {
		if (rows !== undefined) this.fields = fieldsToStore(rows.read(), storedFields(this.fields));
		rows = undefined;
	},
	oneditcancel() {
		rows = undefined;
	},
	onpaletteadd() {
		addOutboxTab(wordsOf(this));
	},
	onpaletteremove() {
		removeOutboxTab();
	},
});
