/** What can be chosen about reading and sending, for both hosts; the first of each is the default. */
export const choices = {
	phone: ['normalize', 'check', 'asIs'],
	duplicates: ['allow', 'run', 'always'],
	duplicateKey: ['phone', 'email', 'phoneAndCampaign', 'submission'],
	unconfirmed: ['report', 'resend'],
	language: ['en', 'ar'],
} as const;

export type Choice<Name extends keyof typeof choices> = (typeof choices)[Name][number];
