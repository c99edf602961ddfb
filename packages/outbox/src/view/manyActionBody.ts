import { actions } from './actions';
import { actedOnAtOnce, maxPlace } from './limits';
import * as z from 'zod/v4';

const schema = z.object({
	action: z.enum(actions),
	ids: z.array(z.string().min(1).max(maxPlace)).min(1).max(actedOnAtOnce),
	bulkId: z.string().regex(/^[\w-]{16,64}$/),
});

/** An action on several leads. `bulkId`: names the act of a person that it is a part of, so that a part is never done twice. */
export type ManyAction = Readonly<z.infer<typeof schema>>;

/** Undefined where the body does not say all of it. */
export const manyActionOf = (body: unknown): ManyAction | undefined => schema.safeParse(body).data;

/** Bytes of the longest body that holds one. */
export const maxManyActionBytes = actedOnAtOnce * (maxPlace + 3) * 4 + 1000;
