import * as z from 'zod/v4';

/** What is typed or chosen in a dialog; which of it is right, the settings' own reading says. */
const setting = z.union([z.string(), z.number(), z.boolean(), z.null()]).optional();

/** The settings that a test takes from the dialog. */
export const tested = ['baseUrl', 'organizationId', 'allowHttp', 'timeoutSeconds', 'tls', 'proxy', 'apiKey'] as const;
export type Tested = Readonly<Record<(typeof tested)[number], unknown>>;

const testRequest = z.object({
	...(Object.fromEntries(tested.map((name) => [name, setting])) as Record<(typeof tested)[number], typeof setting>),
	/** The account's; one that is not deployed yet has none that is known. */
	id: setting,
	/** The language of the dialog. */
	language: setting,
	/** Sends the example lead instead of an empty one. @default false */
	example: z.boolean().optional(),
});
export type TestRequest = Readonly<z.infer<typeof testRequest>>;

/** What the body of a request asks to be tested; undefined where it is none. */
export const readTestRequest = (body: unknown): TestRequest | undefined => testRequest.safeParse(body).data;
