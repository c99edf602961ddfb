import type { Source } from './answer';
import { flatten } from './flatten';
import { answersOf, partOf } from './parts';

/** n8n's own form: the labels are the keys; what its address was called with stands beside them. */
export const n8nForm: Source = {
	name: 'n8n Form',
	read: (payload) => {
		const { formMode, submittedAt, formQueryParameters, ...labels } = payload;
		if (formMode === undefined || submittedAt === undefined) return undefined;
		return {
			submissions: [{
				answers: [...flatten(labels), ...answersOf(partOf(formQueryParameters), 'formQueryParameters')],
				known: [{ field: 'leadSource', value: 'n8n_form', from: 'n8n Form' }],
			}],
		};
	},
};
