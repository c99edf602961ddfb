import type { OwnFields } from '../../runtime/preview/ownFields';
import type { Preview } from '../../runtime/preview/preview';
import type { StoredField } from './storedFields';
import type { Translate } from './words';
import type { Asked } from '@icloud-ready/outbox/view/asked';

const patienceMs = 15_000;

/** The dialog's values that decide how a payload is read. */
export interface ReadingValues {
	readonly input: string;
	readonly defaultCountry: string;
	readonly phone: string;
	readonly fields: readonly StoredField[];
}

/** What the Preview tab asks of the runtime. Always resolves. */
export interface AskingPreview {
	readonly preview: (text: string, settings: ReadingValues) => Promise<Asked<Preview>>;
	readonly ownFields: (text: string, settings: ReadingValues) => Promise<Asked<OwnFields>>;
	/** The last payload that came through the node; without a text where none came yet. */
	readonly last: () => Promise<Asked<{ readonly text?: string }>>;
}

/** Why there is no answer: the words of the runtime where it said any; status 0 is no answer at all. */
const problemOf = (status: number, said: unknown, words: Translate): string => {
	const message = (said as { readonly message?: unknown } | undefined)?.message;
	if (status === 400 && typeof message === 'string') return message;
	return status === 0 ? words('preview.silent') : words('preview.refused', { status });
};

export const createAskingPreview = (id: string, words: Translate): AskingPreview => {
	const ask = <Answer>(path: string, body?: object): Promise<Asked<Answer>> =>
		new Promise((resolve) => {
			$.ajax({
				url: `icloud-ready/create-lead/${path}`,
				dataType: 'json',
				timeout: patienceMs,
				...(body === undefined ? {} : { method: 'POST', contentType: 'application/json', data: JSON.stringify(body) }),
			})
				.done((answer: Answer) => resolve({ kind: 'answer', answer }))
				.fail(({ status, responseJSON }) =>
					resolve({ kind: 'problem', message: problemOf(status, responseJSON, words) }),
				);
		});
	const language = words('language');
	return {
		preview: async (text, settings) => await ask('preview', { id, text, settings, language }),
		ownFields: async (text, settings) => await ask('own-fields', { id, text, settings, language }),
		last: async () => await ask(`${encodeURIComponent(id)}/last`),
	};
};
