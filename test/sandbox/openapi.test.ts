import { openApi } from '../../packages/sandbox/src/openapi';
import { guideRequest } from './guide';
import { fields } from '@icloud-ready/core';

interface Schema {
	readonly type?: string;
	readonly required?: readonly string[];
	readonly properties?: Readonly<Record<string, Schema>>;
	readonly items?: Schema;
	readonly $ref?: string;
}

const document = openApi('http://127.0.0.1:4010/api/v2') as {
	openapi: string;
	servers: { url: string }[];
	paths: Record<string, { post: { responses: Record<string, { content: Record<string, { schema: Schema }> }> } }>;
	components: { schemas: Record<string, Schema> };
};
const lead = document.components.schemas['Lead'] as Schema;

/** What of a value does not fit a schema; empty when it fits. */
function misfits(value: unknown, schema: Schema, path = ''): string[] {
	const type = Array.isArray(value) ? 'array' : typeof value;
	if (type !== schema.type) return [`${path} is ${type}, not ${schema.type}`];
	if (Array.isArray(value)) return value.flatMap((item) => misfits(item, schema.items ?? {}, `${path}[]`));
	if (type !== 'object') return [];
	const object = value as Record<string, unknown>;
	const missing = (schema.required ?? [])
		.filter((name) => !(name in object))
		.map((name) => `${path}.${name} is missing`);
	const inner = Object.entries(object).flatMap(([name, each]) => {
		const property = schema.properties?.[name];
		return property ? misfits(each, property, `${path}.${name}`) : [`${path}.${name} is unknown`];
	});
	return [...missing, ...inner];
}

it('is an OpenAPI 3.1 document of this server', () => {
	expect(document).toMatchObject({ openapi: '3.1.0', servers: [{ url: 'http://127.0.0.1:4010/api/v2' }] });
	expect(Object.keys(document.paths['/leads']?.post.responses ?? {})).toEqual(['201', '400', '401', '403', '429']);
});

it("takes the guide's request", () => expect(misfits(guideRequest, lead)).toEqual([]));

it('takes none without a phone', () => {
	expect(misfits({ leadInformation: { firstName: 'Ahmed' } }, lead)).toEqual(['.leadInformation.phone is missing']);
	expect(misfits({}, lead)).toEqual(['.leadInformation is missing']);
});

it.each(fields.map(({ path }) => path))('has %s', (path) => {
	const found = path.split('.').reduce<Schema | undefined>((at, name) => at?.properties?.[name], lead);
	expect(found?.type).toEqual(expect.any(String));
});

it('refers only to schemas it has', () => {
	const names = [...JSON.stringify(document).matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(
		([, name]) => name as string,
	);
	expect(new Set(names)).toEqual(new Set(Object.keys(document.components.schemas)));
});
