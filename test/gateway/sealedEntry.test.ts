import { createSecrets } from '../../packages/gateway/src/leads/accounts';
import {
	credentialsOf,
	endedWithoutCredentials,
	entryFor,
	isSealed,
	type SealedEntry,
	type SealedLead,
	sealedLeadFormat,
	withCredentials,
} from '../../packages/gateway/src/stores/disk/sealedEntry';
import { type Entry, entryId } from '../../packages/outbox/src';
import { entryText } from '../../packages/outbox/src/store/entryText';
import { entryReader } from '../../packages/outbox/src/store/readEntry';
import { memoryStore } from '../outbox/memoryStore';
import { secret } from './world';
import fc from 'fast-check';

const secrets = createSecrets(secret);
const credentials = { apiKey: 'key-1', organizationId: 'org' };
const account = secrets.accountOf(credentials);
const lead = { leadInformation: { firstName: 'Mona', phone: '+201001234567' } };
const body = JSON.stringify({ ...lead, 'my field': '"' });
const id = entryId(1, account.id);
const entry: SealedEntry = {
	...entryFor({ account, body, lead, credentials }, secrets),
	id,
	arrivedAtMs: 1,
	outcome: null,
};
const read = entryReader(sealedLeadFormat);

test('a lead is read back with its credentials and its body as it came', () => {
	const found = read(id, entryText(entry));
	expect(found).toEqual(entry);
	expect([credentialsOf(found, secrets), found.payload.body]).toEqual([credentials, body]);
	const other = { apiKey: 'key-2', organizationId: 'org' };
	expect(credentialsOf(withCredentials(found, other, secrets), secrets)).toEqual(other);
});

test.each<[name: string, change: object]>([
	['no body', { body: undefined }],
	['a body that is an object', { body: {} }],
	['credentials that are a number', { sealed: 5 }],
	['no lead', { lead: undefined }],
])('%s: it is never sent, and holds as much as can be read', (_name, change) => {
	const text = JSON.stringify({ ...JSON.parse(entryText(entry)), payload: { ...entry.payload, ...change } });
	const found = read(id, text);
	expect([found.unreadable, found.partition, isSealed(found)]).toEqual([{ why: 'damaged', text }, account.id, false]);
	expect(found.payload.body).toBe('body' in change ? '' : body);
});

/** What stands on a shelf once this was written there. */
const written = async (found: Entry<SealedLead>, shelf: 'waiting' | 'unconfirmed' | 'ended'): Promise<string> => {
	const memory = memoryStore<SealedLead>();
	await endedWithoutCredentials(memory).write([{ kind: 'put', entry: found, shelf }]);
	return JSON.stringify(memory.shelf(shelf));
};

test('no lead that has ended keeps its credentials, whatever was damaged of it', async () => {
	const text = entryText(entry);
	const { sealed = '' } = entry.payload;
	const middle = String(sealed).slice(10, 40);
	await fc.assert(
		fc.asyncProperty(
			fc.nat({ max: text.length }),
			fc.constantFrom('cut', 'other version', 'other byte'),
			fc.constantFrom('unconfirmed', 'ended'),
			async (at, how, shelf) => {
				const damaged = {
					cut: text.slice(0, at),
					'other version': text.replace('"schemaVersion":1', `"schemaVersion":${at}`),
					'other byte': `${text.slice(0, at)}\ufffd${text.slice(at + 1)}`,
				}[how];
				// Where its very name is damaged nobody can tell what it was.
				fc.pre(!damaged.includes(middle) || damaged.includes('"sealed":"'));
				expect(await written(read(id, damaged), shelf)).not.toContain(middle);
			},
		),
		{ numRuns: 300, seed: 21 },
	);
	expect(await written(entry, 'waiting')).toContain(middle);
});
