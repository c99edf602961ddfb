/** The workflow that `npm start -- n8n` begins with: an n8n Form whose submissions become leads. */

export const formPath = 'lead-form';

const field = (fieldName, fieldLabel, more) => ({ fieldName, fieldLabel, ...more });

const node = (name, type, typeVersion, position, parameters, more = {}) => ({
	id: name.toLowerCase().replace(/\W+/g, '-'),
	name,
	type,
	typeVersion,
	position,
	parameters,
	...more,
});

const ending = (name, position, completionTitle, completionMessage) =>
	node(
		name,
		'n8n-nodes-base.form',
		2.5,
		position,
		{ operation: 'completion', respondWith: 'text', completionTitle, completionMessage, options: {} },
		{ webhookId: `${formPath}-${name.toLowerCase().replace(/\W+/g, '-')}` },
	);

/** The form is read by itself (Lead Data: Read a Form Submission), and its last page says what became of the lead. */
export const formWorkflow = (credential) => ({
	name: 'Lead form',
	settings: { executionOrder: 'v1' },
	nodes: [
		node(
			'Lead Form',
			'n8n-nodes-base.formTrigger',
			2.5,
			[0, 0],
			{
				formTitle: 'Ask about a home',
				formDescription: 'Leave your number and we call you back.',
				formFields: {
					values: [
						field('name', 'Your name', { placeholder: 'e.g. Mona Ali', requiredField: true }),
						field('phone', 'Phone', { placeholder: 'e.g. 010 0123 4567', requiredField: true }),
						field('email', 'Email', { fieldType: 'email' }),
						field('message', 'Message', { fieldType: 'textarea' }),
					],
				},
				responseMode: 'lastNode',
				options: { path: formPath, appendAttribution: false },
			},
			{ webhookId: formPath },
		),
		node(
			'Create Lead',
			'n8n-nodes-icloud-ready.icloudReady',
			1,
			[260, 0],
			{ resource: 'lead', operation: 'create', leadInput: 'form', additionalFields: {}, options: {} },
			{
				credentials: { icloudReadyApi: credential },
				onError: 'continueErrorOutput',
			},
		),
		ending(
			'Thank You',
			[520, -100],
			"=Thank you{{ $json.firstName ? ', ' + $json.firstName : '' }}",
			'=We have your number. Yours is lead {{ $json.leadNumber }}.',
		),
		ending('Not Sent', [520, 100], 'That did not work yet', '={{ $json.error }} Go back and send it once more.'),
	],
	connections: {
		'Lead Form': { main: [[{ node: 'Create Lead', type: 'main', index: 0 }]] },
		'Create Lead': {
			main: [[{ node: 'Thank You', type: 'main', index: 0 }], [{ node: 'Not Sent', type: 'main', index: 0 }]],
		},
	},
});
