import { options, secretOptions } from '../../packages/gateway/src/main/options';
import { readSettings } from '../../packages/gateway/src/main/settings';
import {
	type Compose,
	gatewayEnv,
	gatewayFolder,
	imageCommand,
	imageFolders,
	isGateway,
	readCompose,
	type Service,
} from './compose';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const names = readdirSync(join(gatewayFolder, 'compose'));
const required = { GATEWAY_SECRET: '4f1d8c2a9b7e6035d2c1f8a7b6e5d4c3' };
const everything = {
	...required,
	GATEWAY_ADMIN_TOKEN: 'd2c1f8a7b6e5d4c34f1d8c2a9b7e6035',
	GATEWAY_ALERT_URL: 'https://n8n.example.com/webhook/gateway-alerts/webhook',
	GATEWAY_ALERT_SECRET: `whsec_${Buffer.from('twenty-four bytes of noise').toString('base64')}`,
};
const gatewaysOf = ({ services }: Compose): readonly (readonly [string, Service])[] =>
	Object.entries(services).filter(([, service]) => isGateway(service));
const settingsOf = (service: Service) => {
	const read = readSettings([], gatewayEnv(service));
	if (read.kind !== 'start') throw new Error(JSON.stringify(read));
	return read.settings;
};
/** Where the volumes of a service are. */
const targets = ({ volumes = [] }: Service): readonly string[] => volumes.map((volume) => volume.split(':')[1] ?? '');

test('one gateway, and two with a Redis', () => {
	expect(names.sort()).toEqual(['one', 'two']);
	expect(names.map((name) => gatewaysOf(readCompose(name, required)).length)).toEqual([1, 2]);
});

describe.each(names)('compose/%s', (name) => {
	test.each([
		['only what is required', required],
		['everything', everything],
	])('with %s in .env each gateway starts', (_name, env) => {
		for (const [, service] of gatewaysOf(readCompose(name, env)))
			expect(settingsOf(service)).toMatchObject({
				host: '0.0.0.0',
				port: 4020,
				stateDir: '/state',
				adminToken: 'GATEWAY_ADMIN_TOKEN' in env ? env.GATEWAY_ADMIN_TOKEN : '',
				alertUrl: 'GATEWAY_ALERT_URL' in env ? env.GATEWAY_ALERT_URL : '',
			});
	});

	test('without a secret it says so before anything starts', () => {
		expect(() => readCompose(name, {})).toThrow('GATEWAY_SECRET: Set it in .env');
	});

	test('each option is one that the gateway has', () => {
		const known = [...options, ...secretOptions].map(({ env }) => env);
		for (const [, service] of gatewaysOf(readCompose(name, required)))
			for (const variable of Object.keys(gatewayEnv(service))) expect(known).toContain(variable);
	});

	test('what must outlive a container lies on a volume of its own, which its user may write', () => {
		const compose = readCompose(name, required);
		const mounted: string[] = [];
		for (const [, service] of gatewaysOf(compose)) {
			const { redis, folder, stateDir } = settingsOf(service);
			const places = redis === '' ? [folder, stateDir] : [stateDir];
			expect(targets(service)).toEqual(places);
			for (const place of places) expect(imageFolders()).toContain(place);
		}
		for (const { volumes = [] } of Object.values(compose.services))
			for (const volume of volumes) if (!volume.startsWith('./')) mounted.push(volume.split(':')[0] ?? '');
		expect([...mounted].sort()).toEqual([...new Set(mounted)].sort());
		expect(Object.keys(compose.volumes).sort()).toEqual([...mounted].sort());
	});

	test('a stop has the time that it may take, and what ends by itself is started again', () => {
		for (const [, service] of gatewaysOf(readCompose(name, required))) {
			expect(Number.parseInt(service.stop_grace_period ?? '', 10)).toBeGreaterThan(settingsOf(service).stopSeconds);
			expect(service.restart).toBe('unless-stopped');
		}
	});

	test('files and services that it names are there', () => {
		const { services } = readCompose(name, required);
		for (const { build, volumes = [], depends_on: needs = [] } of Object.values(services)) {
			if (build !== undefined)
				expect(existsSync(join(gatewayFolder, 'compose', name, build.context, 'Dockerfile'))).toBe(true);
			for (const volume of volumes.filter((each) => each.startsWith('./')))
				expect(existsSync(join(gatewayFolder, 'compose', name, volume.split(':')[0] ?? ''))).toBe(true);
			for (const need of needs) expect(Object.keys(services)).toContain(need);
		}
	});
});

test('the image runs the command of the package', () => {
	const { bin, files } = JSON.parse(readFileSync(join(gatewayFolder, 'package.json'), 'utf8')) as {
		readonly bin: object;
		readonly files: readonly string[];
	};
	expect(imageCommand()).toEqual(Object.keys(bin));
	expect(files).toEqual(expect.arrayContaining(['compose', 'Dockerfile']));
});

test('the balancer asks the gateways that there are whether they take leads', () => {
	const caddyfile = readFileSync(join(gatewayFolder, 'compose/two/Caddyfile'), 'utf8');
	const upstreams = /reverse_proxy (.+) \{/.exec(caddyfile)?.[1]?.split(' ');
	expect(upstreams).toEqual(gatewaysOf(readCompose('two', required)).map(([name]) => `${name}:4020`));
	expect(caddyfile).toContain('health_uri /readyz');
});
