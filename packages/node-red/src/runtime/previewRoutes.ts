import { issueText } from '@icloud-ready/core';
import type { Node, NodeAPI } from 'node-red';
import { createLeadSettings, type CreateLeadConfig } from './createLeadSettings';
import { draftsIn } from './drafts';
import { evaluateFields, FieldFault } from './fieldValues';
import { languageOf } from './language';
import { lastPayload } from './lastMessages';
import { localeWords } from './localeWords';
import { type Preview, previewOf } from './preview';
import { asText } from './settings';
import { allOf, listSlices } from './timeSlices';

interface PreviewRequest {
	/** The node's id; one that is not deployed yet has no flow of its own. */
	readonly id?: unknown;
	/** What was pasted. */
	readonly text?: unknown;
	/** The dialog's present values, saved or not. */
	readonly settings?: unknown;
	/** The language of the dialog. */
	readonly language?: unknown;
}

const nothing = (problem: string): Preview => ({ leads: [], more: 0, problems: [problem] });

const parsed = (text: string): unknown => {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return undefined;
	}
};

/** What was copied from the debug sidebar is often the whole message. */
const payloadOf = (data: unknown): unknown => (typeof data === 'object' && data !== null && '_msgid' in data && 'payload' in data ? data.payload : data);

const read = async (RED: NodeAPI, { id, text, settings, language: asked }: PreviewRequest): Promise<Preview> => {
	const language = languageOf(asked);
	const say = localeWords('createLead', language);
	const data = parsed(asText(text));
	if (data === undefined) return nothing(say('preview.notJson'));
	const { input, fields, policy } = createLeadSettings((typeof settings === 'object' && settings !== null ? settings : {}) as CreateLeadConfig);
	const payload = payloadOf(data);
	const node = (RED.nodes.getNode(asText(id)) ?? {}) as Node;
	// Without its flow, a node that was not deployed has no flow and global values.
	const known = 'id' in node ? fields : fields.filter(({ valueType }) => ['msg', 'str', 'num', 'bool', 'json'].includes(valueType));
	const reading = { ...policy, language };
	try {
		const values = input === 'lead' ? [] : await evaluateFields(RED, node, known, { _msgid: '', payload });
		return previewOf(await allOf(draftsIn(input, payload, values, reading), listSlices), payload, reading);
	} catch (error) {
		if (error instanceof FieldFault) return nothing(`${issueText({ field: error.field, problem: { kind: 'notEvaluated' } }, language)} ${say('preview.check')}`);
		throw error;
	}
};

/** What a dialog's Preview tab asks for, for whoever may change these nodes. Nothing is sent to iCloud-Ready. */
export const registerPreview = (RED: NodeAPI): void => {
	const mayWrite = RED.auth.needsPermission('icloud-ready-create-lead.write');
	RED.httpAdmin.post('/icloud-ready/create-lead/preview', mayWrite, (request, response) => {
		const body: unknown = request.body;
		const asked: PreviewRequest = typeof body === 'object' && body !== null ? body : {};
		read(RED, asked).then(
			(preview) => response.json(preview),
			() => response.json(nothing(localeWords('createLead', languageOf(asked.language))('preview.broken'))),
		);
	});
	RED.httpAdmin.get('/icloud-ready/create-lead/:id/last', mayWrite, (request, response) => {
		const text = lastPayload(asText(request.params.id));
		response.json(text === undefined ? {} : { text });
	});
};
