import { createLeadSettings } from '../config/createLeadSettings';
import type { FieldSetting } from '../config/fieldSettings';
import { asText } from '../config/values';
import { evaluateFields, FieldFault } from '../message/evaluateFields';
import { languageOf } from '../message/language';
import { localeWords } from '../message/localeWords';
import { draftsIn } from '../message/readMessage';
import { allOf, listSlices } from '../message/timeSlices';
import { lastPayload } from './lastPayload';
import { type OwnFields, ownFields } from './ownFields';
import { type Preview, previewOf } from './preview';
import { issueText } from '@icloud-ready/core';
import type { Node, NodeAPI, NodeMessage } from 'node-red';

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
const payloadOf = (data: unknown): unknown =>
	typeof data === 'object' && data !== null && '_msgid' in data && 'payload' in data ? data.payload : data;

/** A node as far as evaluating its fields needs it, and those of them that can be evaluated without its flow. */
const evaluable = (
	RED: NodeAPI,
	id: unknown,
	fields: readonly FieldSetting[],
): { readonly node: Node; readonly known: readonly FieldSetting[] } => {
	const node = (RED.nodes.getNode(asText(id)) ?? {}) as Node;
	// Without its flow, a node that was not deployed has no flow and global values.
	return {
		node,
		known:
			'id' in node
				? fields
				: fields.filter(({ valueType }) => ['msg', 'str', 'num', 'bool', 'json'].includes(valueType)),
	};
};

const read = async (RED: NodeAPI, { id, text, settings, language: asked }: PreviewRequest): Promise<Preview> => {
	const language = languageOf(asked);
	const say = localeWords('createLead', language);
	const data = parsed(asText(text));
	if (data === undefined) return nothing(say('preview.notJson'));
	const { input, fields, policy } = createLeadSettings(settings);
	const payload = payloadOf(data);
	const { node, known } = evaluable(RED, id, fields);
	const reading = { ...policy, language };
	try {
		const values = input === 'lead' ? [] : await evaluateFields(RED, node, known, { _msgid: '', payload });
		return previewOf(await allOf(draftsIn(input, payload, values, reading), listSlices), payload, reading);
	} catch (error) {
		if (error instanceof FieldFault)
			return nothing(
				`${issueText({ field: error.field, problem: { kind: 'notEvaluated' } }, language)} ${say('preview.check')}`,
			);
		throw error;
	}
};

const ownFieldsOf = async (
	RED: NodeAPI,
	{ id, text, settings, language: asked }: PreviewRequest,
): Promise<OwnFields> => {
	const language = languageOf(asked);
	const { fields, policy } = createLeadSettings(settings);
	const { node, known } = evaluable(RED, id, fields);
	return await ownFields({
		payload: payloadOf(parsed(asText(text))),
		settings: { ...policy, language },
		present: known,
		evaluate: async (chosen, payload) =>
			await evaluateFields(RED, node, chosen, { _msgid: '', payload } as NodeMessage),
	});
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
	RED.httpAdmin.post('/icloud-ready/create-lead/own-fields', mayWrite, (request, response) => {
		const body: unknown = request.body;
		ownFieldsOf(RED, typeof body === 'object' && body !== null ? body : {}).then(
			(own) => response.json(own),
			() => response.json({ fields: [], left: [] } satisfies OwnFields),
		);
	});
	RED.httpAdmin.get('/icloud-ready/create-lead/:id/last', mayWrite, (request, response) => {
		const text = lastPayload(asText(request.params.id));
		response.json(text === undefined ? {} : { text });
	});
};
