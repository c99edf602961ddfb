import { isRecord } from '../../text/json';
import type { Source } from '../answer';
import { flatten } from '../flatten';
import { idOf, known, partOf, textOf } from '../parts';

/** Webflow: the webhook of today (`payload`) and the one before it (`name`, `site` and `data`). The name is the form's. */
export const webflow: Source = {
	name: 'Webflow',
	read: (payload) => {
		const form = payload.triggerType === 'form_submission' ? partOf(payload.payload) : payload;
		const { data, name } = form;
		const isForm =
			isRecord(data) &&
			typeof name === 'string' &&
			('siteId' in form || 'site' in form) &&
			('formId' in form || 'd' in form || '_id' in form || 'id' in form || payload.triggerType === 'form_submission');
		if (!isForm) return undefined;
		const id = idOf(form.id) ?? idOf(form._id);
		return {
			submissions: [
				{
					answers: flatten(data).map((answer) => ({ ...answer, from: `data.${answer.from}` })),
					known: [{ field: 'leadSource', value: 'website', from: 'Webflow' }],
					extra: {
						formName: name,
						formId: idOf(form.formId),
						pageUrl: textOf(form.pageUrl) ?? textOf(form.publishedPath),
						submissionId: id,
					},
					...known(id),
				},
			],
		};
	},
};
