import { openWebhook } from './webhook';
import { useWorld } from './world';

const world = useWorld();
const outcomeOf = (json: Readonly<Record<string, unknown>>): unknown =>
	json._id === undefined ? (json.outcome ?? (json.details as { outcome?: unknown } | undefined)?.outcome) : 'created';

test('a hundred executions at the same time with the same lead create exactly one', async () => {
	const post = await openWebhook(world(), 'concurrent', { duplicates: 'always' });
	const outcomes = (
		await Promise.all(Array.from({ length: 100 }, async () => await post({ name: 'Mona', phone: '01000000001' })))
	).map(outcomeOf);
	expect(world().sandbox.leadCount).toBe(1);
	expect(outcomes.filter((outcome) => outcome === 'created')).toHaveLength(1);
	expect(outcomes.filter((outcome) => outcome === 'duplicate')).toHaveLength(99);
});

test('later executions remember what was created, lost and refused', async () => {
	const post = await openWebhook(world(), 'remembering', {
		duplicates: 'always',
		duplicateKey: 'email',
		timeoutSeconds: 5,
	});
	const lead = { name: 'Mona', phone: '01000000001', email: 'a@example.com' };
	world().sandbox.failNext([{ status: 400 }, { status: 201, body: { _id: 'x' } }, { cut: 'after' }]);
	const outcomes = [];
	for (const email of ['a', 'a', 'A', 'b', 'b'])
		outcomes.push(outcomeOf(await post({ ...lead, email: `${email}@example.com` })));
	expect(outcomes).toEqual(['invalid', 'created', 'duplicate', 'unconfirmed', 'unconfirmed']);
	expect(world().sandbox.calls).toHaveLength(3);
});

test('all executions of one n8n share what was learned of the limit', async () => {
	const { stand, addCredential, sandbox } = world();
	const credential = await addCredential({ apiKey: 'limited-key' });
	const post = await openWebhook({ stand, credential }, 'limited', { maxWaitSeconds: 60, maxTries: 10 });
	const outcomes = (
		await Promise.all(
			Array.from({ length: 12 }, async (_, index) => await post({ name: 'Mona', phone: `0100000${1000 + index}` })),
		)
	).map(outcomeOf);
	expect(outcomes).toEqual(Array.from({ length: 12 }, () => 'created'));
	expect(sandbox.leadCount).toBe(12);
});
