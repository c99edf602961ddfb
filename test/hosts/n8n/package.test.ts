import { useWorld } from './world';

const world = useWorld();

interface NodeType {
	readonly name: string;
	readonly codex?: { readonly alias?: readonly string[] };
	readonly iconUrl?: Readonly<Record<'light' | 'dark', string>>;
	readonly properties: readonly { readonly name: string; readonly displayOptions?: unknown }[];
}

/** All types that n8n serves; many megabytes, and the same for each test. */
let types: readonly NodeType[] = [];
beforeAll(async () => {
	types = (await (await world().stand.served('/types/nodes.json')).json()) as readonly NodeType[];
});

const typeOf = (name: string): NodeType | undefined =>
	types.find((each) => each.name === `n8n-nodes-icloud-ready.${name}`);

test('n8n loads the node from the packed package, with the words people search for', () => {
	expect(typeOf('icloudReady')?.codex?.alias).toEqual(expect.arrayContaining(['CRM', 'lead', 'real estate', 'form']));
});

test.each(['light', 'dark'] as const)('n8n serves the %s icon', async (theme) => {
	const { iconUrl } = typeOf('icloudReady') ?? {};
	const icon = await world().stand.served(`/${iconUrl?.[theme]}`);
	expect([icon.status, icon.headers.get('content-type')]).toEqual([200, expect.stringContaining('image/svg')]);
});

test('n8n previews the answer of a created lead', async () => {
	const schema = await world().stand.served('/schemas/n8n-nodes-icloud-ready.icloudReady/1.0.0/lead/create.json');
	expect(await schema.json()).toMatchObject({
		properties: { _id: { type: 'string' }, phone: { type: 'string' }, leadNumber: { type: 'number' } },
	});
});

test('the tool variant comes by itself and hides Output per Outcome', () => {
	const tool = typeOf('icloudReadyTool');
	expect(tool?.properties.find(({ name }) => name === 'outputPerOutcome')?.displayOptions).toMatchObject({
		hide: { '@tool': [true] },
	});
});
