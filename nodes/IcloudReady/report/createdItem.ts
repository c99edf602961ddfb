import { fieldNamed, type Outcome } from '../../../packages/core/src';
import { type CreatedView, simplifiedNames } from '../panel/createdView';

/** What a lead's outcome says beside the answer. */
type Told = Pick<Outcome, 'warnings' | 'notes'>;

type Data = Readonly<Record<string, unknown>>;

const isData = (value: unknown): value is Data => typeof value === 'object' && value !== null && !Array.isArray(value);

/** A field's value wherever the API puts it: at the top, with the person, or in the address. */
const valueOf = (answer: Data, name: string): unknown => {
	const path = fieldNamed(name)?.path;
	const found = path?.split('.').reduce<unknown>((part, key) => (isData(part) ? part[key] : undefined), answer);
	return found ?? (Object.hasOwn(answer, name) ? answer[name] : undefined);
};

const picked = (answer: Data, names: readonly string[]): Data =>
	Object.fromEntries(
		names
			.map((name) => [name, valueOf(answer, name)] as const)
			.filter(([, value]) => value !== undefined && value !== ''),
	);

/** n8n takes an item with `error` for a failed one, and may run the whole node again for it. */
const withoutError = ({ error, ...rest }: Data): { readonly json: Data; readonly notes: Data } =>
	error === undefined || error === null || error === false
		? { json: error === undefined ? rest : { ...rest, error }, notes: {} }
		: { json: rest, notes: { answerError: error } };

/** The item of a created lead: of the answer what the view shows, and what is to be told of it under `icloudReady`. */
export const createdJson = (answer: Data, { warnings, notes: done = [] }: Told, view: CreatedView): Data => {
	const { json, notes } =
		view.kind === 'raw'
			? withoutError(answer)
			: withoutError(picked(answer, view.kind === 'simplified' ? simplifiedNames : view.names));
	const told = {
		...(warnings.length === 0 ? {} : { warnings }),
		...(done.length === 0 ? {} : { notes: done }),
		...notes,
	};
	return { ...json, ...(Object.keys(told).length === 0 ? {} : { icloudReady: told }) };
};
