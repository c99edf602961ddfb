import type { LeadRequest } from '../../../packages/core/src';
import { as, createdBy, leadBody, organization, replied } from '../../gateway/world';
import { pause, until } from '../until';
import { useRedisWorld } from './redisWorld';

const world = useRedisWorld();
const alertUrl = 'https://alerts.example.com/hook';
const settings = { alertUrl, alertSecret: `whsec_${Buffer.from('twenty-four bytes of noise').toString('base64')}` };

test('gateways of one Redis tell once that a key is refused and once that it is over, and nothing of a made-up key', async () => {
	let isGood = true;
	const posted: LeadRequest[] = [];
	world().api = (request) => {
		if (request.url === alertUrl) {
			posted.push(request);
			return { status: 204, headers: {}, body: '' };
		}
		return isGood && request.headers['x-api-key'] === 'key-1' ? createdBy(request) : replied(401);
	};
	const types = (): readonly string[] => posted.map(({ body }) => (JSON.parse(body) as { readonly type: string }).type);
	const [one, other] = [await world().open(settings), await world().open(settings)];
	await one.call({ body: leadBody(1) });
	await other.call({ headers: { ...as('made-up', 'elsewhere'), prefer: 'wait=0' }, body: leadBody(2) });
	isGood = false;
	await other.call({ headers: { ...as('key-1'), prefer: 'wait=0' }, body: leadBody(3) });
	await until(() => posted.length > 0);
	// Each of them looks at least once more.
	await pause(16_000);
	expect(types()).toEqual(['alert.key.begun']);
	expect(posted[0]?.body).toContain(`"organizationId":"${organization}","count":1`);
	isGood = true;
	await one.call({ body: leadBody(4) });
	await until(() => posted.length > 1, 120_000);
	await pause(16_000);
	expect(types()).toEqual(['alert.key.begun', 'alert.key.over']);
});
