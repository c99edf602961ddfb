import type { Source } from '../answer';
import { flatten } from '../flatten';
import { answersOf, partOf, without } from '../parts';

/** n8n's own form: the labels are the keys; what its address was called with stands beside them. */
export const n8nForm: Source = {
	name: 'n8n Form',
	read: (payload) => {
		if (payload.formMode === undefined || payload.submittedAt === undefined) return undefined;
		const labels = without(payload, 'formMode', 'submittedAt', 'formQueryParameters');
		return {
			submissions: [
				{
					answers: [...flatten(labels), ...answersOf(partOf(payload.formQueryParameters), 'formQueryParameters')],
					known: [{ field: 'leadSource', value: 'n8n_form', from: 'n8n Form' }],
				},
			],
		};
	},
};
