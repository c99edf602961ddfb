import { useRedisWorld } from './redisWorld';

const world = useRedisWorld();

test('a lead reaches the API and its answer comes back', async () => {
	const one = await world().open();
	const answer = await one.call();
	expect([answer.status, answer.headers['x-gateway-outcome']]).toEqual([201, 'created']);
	expect(world().sent).toHaveLength(1);
	expect((await one.call({ method: 'GET', path: `/leads/${answer.headers['x-gateway-lead']}` })).text).toBe(answer.text);
	expect(one.log.filter((line) => line.includes('notice'))).toEqual([]);
});
