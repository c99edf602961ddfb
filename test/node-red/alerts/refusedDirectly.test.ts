import { createSender } from '../../../packages/node-red/src/runtime/account/sender';
import { readAccountSettings } from '../../../packages/node-red/src/runtime/config/accountSettings';
import { entry } from '../../outbox/entries';

/** An account whose outbox could not be used for a while, so that some leads were sent directly; `status` is the API's answer. */
const open = () => {
	const api = { status: 201 };
	const sender = createSender({
		settings: readAccountSettings({ organizationId: 'own', maxTries: 1 }).settings,
		apiKey: 'a key',
		unusable: undefined,
		openTransport: async () =>
			await Promise.resolve({
				send: async () =>
					await Promise.resolve(
						api.status === 0
							? { fault: { code: 'ECONNREFUSED', left: false } }
							: { status: api.status, headers: {}, body: { _id: 'a', leadNumber: 1 } },
					),
				close: async () => await Promise.resolve(),
			} as never),
		onWait: () => undefined,
	});
	const draft = { firstName: 'Mona', phone: '+201001234567' };
	return {
		sender,
		direct: async (status: number) => {
			api.status = status;
			return (await sender.direct({ draft, policy: {}, reading: {} as never })).outcome;
		},
		kept: async (status: number, partition = '') => {
			api.status = status;
			return (await sender.kept(entry(1, partition), undefined)).outcome;
		},
	};
};
const nothing = { isKeyRefused: false, organizations: [] };

test.each([
	[401, 'unauthorized', { isKeyRefused: true, organizations: [] }],
	[403, 'forbidden', { isKeyRefused: false, organizations: ['own'] }],
])(
	'%d: what was refused of a lead sent directly is over when one of the outbox passes',
	async (status, outcome, refused) => {
		const { sender, direct, kept } = open();
		expect([await direct(status), sender.refused()]).toEqual([outcome, refused]);
		await kept(0);
		expect(sender.refused()).toEqual(refused);
		await kept(status);
		expect(sender.refused()).toEqual(refused);
		await kept(201);
		expect(sender.refused()).toEqual(nothing);
	},
);

test('leads of the outbox are refused by nobody but the API, and what refuses them is told by the outbox', async () => {
	const { sender, direct, kept } = open();
	expect(await direct(201)).toBe('created');
	expect([await kept(401), await kept(401), await kept(401), await kept(403)]).toEqual([
		'unauthorized',
		'unauthorized',
		'unauthorized',
		'forbidden',
	]);
	expect(sender.refused()).toEqual(nothing);
	expect(await kept(201)).toBe('created');
});

test('one of another organization says nothing of that which was refused', async () => {
	const { sender, direct, kept } = open();
	await direct(403);
	await kept(201, 'another');
	expect(sender.refused()).toEqual({ isKeyRefused: false, organizations: ['own'] });
});
