import type { FieldSetting } from '../config/fieldSettings';
import { fieldAt } from '@icloud-ready/core';
import type { Node, NodeAPI, NodeMessage } from 'node-red';

/** The values of the dialog's fields for this message, by dotted API path. */
export type FieldValues = readonly { readonly field: string; readonly value: unknown }[];

/** A field whose value could not be found out, for example because its expression is broken. */
export class FieldFault extends Error {
	constructor(readonly field: string) {
		super(`${fieldAt(field)?.label ?? field} could not be evaluated.`);
	}
}

/** Every field's value for one message. Rejects with a `FieldFault` that names the field. */
export const evaluateFields = async (
	RED: NodeAPI,
	node: Node,
	settings: readonly FieldSetting[],
	msg: NodeMessage,
): Promise<FieldValues> =>
	await Promise.all(
		settings.map(async ({ field, value, valueType }) => {
			const evaluated = await new Promise<unknown>((resolve, reject) => {
				const fault = (): void => reject(new FieldFault(field));
				// A message without the object that a path leads through holds no value there, as one without the last key.
				const isMissing = (error: unknown): boolean =>
					valueType === 'msg' && error instanceof Error && error.name === 'TypeError';
				try {
					RED.util.evaluateNodeProperty(value, valueType, node, msg, (error: Error | null, result: unknown) =>
						error === null || error === undefined ? resolve(result) : isMissing(error) ? resolve(undefined) : fault(),
					);
				} catch (error) {
					if (isMissing(error)) return resolve(undefined);
					// What Node-RED says of a broken expression names its parser; which field it is says more.
					fault();
				}
			});
			return { field, value: evaluated };
		}),
	);
