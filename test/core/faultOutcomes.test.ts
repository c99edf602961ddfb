import { createLead, explain, type Reply } from '../../packages/core/src';
import { faultPolicy, faults } from '../fixtures/faults';
import { createdReply, fakeHost } from './fakeHost';

const connection = { baseUrl: 'https://crm.test/api/v2', organizationId: 'org-1', apiKey: 'test-key' };

test.each(faults)('$name ends as $outcome after $sendings sendings', async ({ reply, outcome, sendings, waitMs }) => {
	// What was not reached once is not reached the second time; everything else is created then.
	const second: Reply = 'fault' in reply ? reply : createdReply;
	const host = fakeHost([reply, second], { random: 0.999 });
	const ended = await createLead({ firstName: 'Mona', phone: '+201001234567' }, connection, faultPolicy, host);
	expect([ended.outcome, ended.attempts, host.sendings.length]).toEqual([outcome, sendings, sendings]);
	expect(ended.waitedMs).toBeGreaterThanOrEqual(waitMs[0]);
	expect(ended.waitedMs).toBeLessThanOrEqual(waitMs[1]);
	expect(host.sleepsMs.reduce((sum, ms) => sum + ms, 0)).toBe(ended.waitedMs);
	expect(explain(ended).message).toMatch(/\w.*\.$/s);
});

test('the table is long enough to be worth its name', () => {
	expect(faults.length).toBeGreaterThanOrEqual(40);
	expect(new Set(faults.map(({ name }) => name)).size).toBe(faults.length);
});
