import { options } from '../../packages/gateway/src/main/options';
import { helpText } from '../../packages/gateway/src/main/help';
import { isRecord } from '../../packages/core/src';
import { as, createdBy, leadBody, openWorld, replied, type World } from './world';

const page = { accept: 'text/html,application/xhtml+xml;q=0.9,*/*;q=0.8' };
const open = async (settings = {}): Promise<World> => await openWorld((request) => createdBy(request), settings);
const get = async (world: World, path: string, headers = {}) => await world.call({ method: 'GET', path, headers });

test('the root says where things are, to a terminal and to a browser', async () => {
	const world = await open();
	const plain = await get(world, '/');
	expect([plain.status, plain.headers['content-type']]).toEqual([200, 'text/plain; charset=utf-8']);
	expect(plain.text).toMatch(/^iCloud-Ready gateway \d+\.\d+\.\d+\n\nPOST \/api\/v2\/leads +takes a lead/);
	const browser = await get(world, '/', page);
	expect([browser.status, browser.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
	expect(browser.headers['content-security-policy']).toContain("default-src 'none'");
	for (const [, path = ''] of browser.text.matchAll(/href="([^"]+)"/g))
		expect([path, (await get(world, path)).status]).toEqual([path, 200]);
	for (const text of [plain.text, browser.text]) expect(text).toContain('set GATEWAY_ADMIN_TOKEN');
});

test('with a token it leads to the inbox', async () => {
	const world = await open({ adminToken: 'a token that nobody has' });
	expect((await get(world, '/', page)).text).toContain('href="/inbox"');
	expect((await get(world, '/')).text).not.toContain('GATEWAY_ADMIN_TOKEN');
});

test('the description has the lead of the catalog, and every reference leads somewhere', async () => {
	const { status, json, text } = await get(await open(), '/openapi.json');
	expect(status).toBe(200);
	expect(json).toMatchObject({
		openapi: '3.1.0',
		paths: { '/leads': { post: { operationId: 'createLead' } }, '/leads/{id}': { get: { operationId: 'getLead' } } },
		components: { schemas: { Lead: { required: ['leadInformation'] } } },
	});
	const references = [...text.matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, path = '']) => path.split('/'));
	expect(references.length).toBeGreaterThan(5);
	for (const path of references)
		expect(path.reduce<unknown>((at, name) => (isRecord(at) ? at[name] : undefined), json)).toBeDefined();
});

test('what it answers to a lead is described', async () => {
	const world = await openWorld(() => replied(401), {});
	const { paths } = (await get(world, '/openapi.json')).json as unknown as {
		readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly responses: object }>>>>;
	};
	const described = (path: string, method: string): readonly string[] =>
		Object.keys(paths[path]?.[method]?.responses ?? {});
	const statuses: string[] = [];
	const calls: readonly Readonly<Record<string, string>>[] = [
		{ ...as('refused'), prefer: 'wait=0' },
		{ 'x-api-key': '' },
		{ ...as('other'), 'content-type': 'application/json; charset=x-none' },
	];
	for (const headers of calls) {
		const answer = world.call({ headers, body: leadBody(statuses.length) });
		await world.clock.advance(1000);
		statuses.push(String((await answer).status));
	}
	expect(statuses).toEqual(['202', '401', '415']);
	for (const status of statuses) expect(described('/leads', 'post')).toContain(status);
	const unknown = await get(world, '/api/v2/leads/000000000000404', as('refused'));
	expect(described('/leads/{id}', 'get')).toContain(String(unknown.status));
});

test('the help names what can be chosen', () => {
	const line = helpText.split('\n').find((each) => each.includes('--duplicate-key'));
	expect(line).toContain('off, phone, email, phoneAndCampaign');
	for (const { choices, fallback } of options) if (choices !== undefined) expect(choices).toContain(fallback);
});

test('the metrics say which gateway it is, and what holds leads back', async () => {
	let status = 201;
	const world = await openWorld((request) => (status === 201 ? createdBy(request) : replied(status)), {
		maxWaiting: 50,
	});
	const give = async (number: number): Promise<void> => {
		void world.call({ headers: { ...as('accepted-before'), prefer: 'wait=0' }, body: leadBody(number) });
		await world.clock.settle();
	};
	await give(1);
	status = 401;
	for (const number of [2, 3]) await give(number);
	await world.clock.advance(10_000);
	const { text } = await get(world, '/metrics');
	expect(text).toMatch(/^gateway_build_info\{version="\d+\.\d+\.\d+",store="disk"\} 1$/m);
	expect(text).toContain('\ngateway_max_waiting 50\n');
	expect(text).toContain('\ngateway_held{why="key"} 2\n');
	expect(text).toContain('\ngateway_held{why="limit"} 0\n');
	expect(text).not.toContain('accepted-before');
});
