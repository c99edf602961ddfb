import * as z from 'zod/v4';

const previewRequest = z.object({
	/** The node's id; one that is not deployed yet has no flow of its own. */
	id: z.string().default(''),
	/** What was pasted. */
	text: z.string(),
	/** The dialog's present values, saved or not; which of them are right, the settings' own reading says. */
	settings: z.record(z.string(), z.unknown()).default({}),
	/** The language of the dialog. */
	language: z.string().default(''),
});
export type PreviewRequest = Readonly<z.infer<typeof previewRequest>>;

/** What the body of a request asks to be read; undefined where it is none. */
export const readPreviewRequest = (body: unknown): PreviewRequest | undefined => previewRequest.safeParse(body).data;
