import type { Sandbox } from '../../packages/sandbox/src';
import { groupedLead, type PayloadFixture } from '../fixtures/payloads';

/** That exactly the lead of the fixture reached the API, with all that belongs into Custom Field; or none where it holds none. */
export const expectLeadSent = ({ expected }: PayloadFixture, sandbox: Sandbox, outcome: string): void => {
	if (expected === null) {
		expect([outcome, sandbox.calls.length]).toEqual(['invalid', 0]);
		return;
	}
	expect(outcome).toBe('created');
	expect(sandbox.calls).toHaveLength(1);
	const { customField = '{}', ...lead } = JSON.parse(sandbox.calls[0]?.body ?? '{}') as { customField?: string };
	expect(lead).toEqual(groupedLead(expected));
	expect(JSON.parse(customField)).toMatchObject(expected.customField as object);
	expect(sandbox.calls[0]?.body).not.toMatch(/synthetic-key|203\.0\.113|Mozilla|google_key|remote_ip|user_agent/i);
};
