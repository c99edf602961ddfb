import { actions } from './actions';
import { bulkPartSize, maxPlace } from './limits';
import * as z from 'zod/v4';

const schema = z.object({
	action: z.enum(actions),
	ids: z.array(z.string().min(1).max(maxPlace)).min(1).max(bulkPartSize),
	bulkId: z.string().regex(/^[\w-]{16,64}$/),
});

/** An action on several leads. `bulkId`: names the act of a person that it is a part of, so that a part is never done twice. */
export type BulkAction = Readonly<z.infer<typeof schema>>;

/** Undefined where the body does not say all of it. */
export const bulkActionOf = (body: unknown): BulkAction | undefined => schema.safeParse(body).data;

/** Bytes of the longest body that holds one. */
export const maxBulkActionBytes = bulkPartSize * (maxPlace + 3) * 4 + 1000;
