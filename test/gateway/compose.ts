import { load } from 'js-yaml';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The gateway's compose files, read as docker compose reads them, as far as they use it. */
export const gatewayFolder = join(__dirname, '../../packages/gateway');

export interface Service {
	readonly build?: { readonly context: string };
	readonly image?: string;
	readonly command?: string;
	readonly environment?: Readonly<Record<string, string | null>>;
	readonly ports?: readonly string[];
	readonly volumes?: readonly string[];
	readonly depends_on?: readonly string[];
	readonly restart?: string;
	readonly stop_grace_period?: string;
}

export interface Compose {
	readonly services: Readonly<Record<string, Service>>;
	readonly volumes: Readonly<Record<string, unknown>>;
}

/** `${NAME:-default}` and `${NAME:?what to do}`; throws where one that is required is not set. */
const filled = (text: string, env: Readonly<Record<string, string>>): string =>
	text.replace(/\$\{(\w+):([-?])([^}]*)\}/g, (_whole, name: string, kind: string, more: string) => {
		const value = env[name] ?? '';
		if (value === '' && kind === '?') throw new Error(`${name}: ${more}`);
		return value === '' ? (kind === '-' ? more : '') : value;
	});

/** `env`: what stands in `.env`. */
export const readCompose = (name: string, env: Readonly<Record<string, string>>): Compose =>
	load(filled(readFileSync(join(gatewayFolder, 'compose', name, 'compose.yaml'), 'utf8'), env)) as Compose;

const dockerfile = readFileSync(join(gatewayFolder, 'Dockerfile'), 'utf8');

/** What the image sets. */
export const imageEnv = (): Readonly<Record<string, string>> =>
	Object.fromEntries(
		[...dockerfile.matchAll(/^ENV (.+)$/gm)].flatMap(([, line = '']) =>
			line.split(' ').map((pair): [string, string] => [pair.split('=')[0] ?? '', pair.split('=')[1] ?? '']),
		),
	);

export const imageCommand = (): readonly string[] =>
	JSON.parse(/^CMD (\[.+\])$/m.exec(dockerfile)?.[1] ?? '[]') as readonly string[];
/** As a shell gets it. */
export const imageHealthcheck = (): string => /^HEALTHCHECK CMD (.+)$/m.exec(dockerfile)?.[1] ?? '';
/** Folders that the image makes for the gateway's own user. */
export const imageFolders = (): readonly string[] =>
	(/mkdir ((?:\/\w+ ?)+)&& chown node:node ((?:\/\w+ ?)+)/.exec(dockerfile)?.[2] ?? '').trim().split(' ');

export const isGateway = ({ build }: Service): boolean => build !== undefined;

/** All that a gateway of a compose file is started with. */
export const gatewayEnv = (service: Service): Readonly<Record<string, string>> => ({
	...imageEnv(),
	// What was filled in as nothing is an empty text there.
	...Object.fromEntries(Object.entries(service.environment ?? {}).map(([name, value]) => [name, value ?? ''])),
});
