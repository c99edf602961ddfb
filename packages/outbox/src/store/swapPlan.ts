import * as z from 'zod/v4';

const schema = z.object({
	movedTo: z.string(),
	/** A file that goes with the old one. */
	with: z.string().optional(),
});

/** Where a folder goes that another one takes the place of. */
export type SwapPlan = Readonly<z.infer<typeof schema>>;

/** Throws where the text is none: what is built was not built to its end. */
export const readPlan = (text: string): SwapPlan => schema.parse(JSON.parse(text));
