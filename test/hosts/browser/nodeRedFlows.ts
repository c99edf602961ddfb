/** A button that gives one form's answers to Create Lead. */
const inject = (
	id: string,
	name: string,
	y: number,
	payload: Readonly<Record<string, string>>,
): Readonly<Record<string, unknown>> => ({
	id,
	z: 'tab',
	type: 'inject',
	name,
	x: 160,
	y,
	props: [{ p: 'payload' }],
	repeat: '',
	crontab: '',
	once: false,
	onceDelay: 0.1,
	topic: '',
	payload: JSON.stringify(payload),
	payloadType: 'json',
	wires: [['lead']],
});

/** A form's answers and Create Lead behind them, with an account for the stand-in. */
export const createLeadFlow = (baseUrl: string): readonly Record<string, unknown>[] => [
	{ id: 'tab', type: 'tab', label: 'Leads' },
	{
		id: 'account',
		type: 'icloud-ready-account',
		name: 'iCloud-Ready',
		baseUrl,
		organizationId: 'org-1',
		maxPerSecond: 0,
		concurrency: 5,
		maxTries: 5,
		maxWaitSeconds: 60,
		timeoutSeconds: 30,
		tls: '',
		proxy: '',
		allowHttp: false,
	},
	inject('inject', 'Mona', 200, { name: 'Mona Ali', phone: '010 0123 4567' }),
	{
		id: 'lead',
		z: 'tab',
		type: 'icloud-ready-create-lead',
		name: '',
		account: 'account',
		x: 400,
		y: 200,
		input: 'form',
		fields: [],
		routing: 'split',
		outputs: 8,
		defaultCountry: 'EG',
		phone: 'normalize',
		duplicates: 'allow',
		duplicateKey: 'phone',
		unconfirmed: 'report',
		dryRun: false,
		wires: [[], [], [], [], [], [], [], []],
	},
];

/** A lead form of one platform before Create Lead. */
export const leadFormFlow = (baseUrl: string, platform: string): readonly Record<string, unknown>[] => [
	...createLeadFlow(baseUrl).filter(({ id }) => id !== 'inject'),
	{
		id: 'form',
		z: 'tab',
		type: 'icloud-ready-lead-form',
		name: '',
		path: 'ad-leads',
		platform,
		answer: 'whenSafe',
		answerSeconds: 9,
		browser: 'data',
		redirect: '',
		ownerNotes: false,
		origins: '',
		publicUrl: '',
		graphUrl: 'https://graph.facebook.com/v23.0',
		x: 160,
		y: 200,
		wires: [['lead']],
	},
];

/** Three people and Create Lead, whose account keeps leads on the machine until they end. */
export const outboxFlow = (baseUrl: string, account: string): readonly Record<string, unknown>[] => [
	...createLeadFlow(baseUrl)
		.filter(({ id }) => id !== 'inject')
		.map((node) =>
			node.id === 'account'
				? { ...node, id: account, outbox: 'disk' }
				: { ...node, ...('account' in node ? { account } : {}) },
		),
	inject('mona', 'Mona Ali', 120, { name: 'Mona Ali', phone: '010 0123 4567' }),
	inject('omar', 'Omar Adel', 200, { name: 'Omar Adel', phone: '010 0123 4568', email: 'lost@sandbox.test' }),
	inject('sara', 'Sara Nabil', 280, { name: 'Sara Nabil', phone: '010 0123 4569' }),
];

export const credentials = { account: { apiKey: 'sandbox-key' } };
