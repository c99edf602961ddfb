import type { CallRefusal } from '../../outcome/callRefusal';
import type { Explanation } from '../types';

/** What a refused call is answered with: what happened, then what to do. */
export const refusals: Readonly<Record<CallRefusal, Explanation>> = {
	forged: {
		message: 'The sender of this call could not be verified.',
		hint: 'Compare the secret in the lead form node with the one on the platform. If you did not send this call, you can ignore it.',
	},
	tooOld: {
		message: 'The call was made too long ago.',
		hint: 'Check the clock of this machine, then have the platform send it again.',
	},
	noSecret: {
		message: 'This address is not set up yet.',
		hint: 'Enter the secret of the platform in the lead form node and deploy, then have the platform send it again.',
	},
	wrongToken: {
		message: 'The verify token does not match this address.',
		hint: 'Enter the same verify token in the lead form node and on the platform.',
	},
	method: { message: 'This address accepts only POST.', hint: 'Send the form with POST.' },
	tooLarge: { message: 'The call is too large.', hint: "Send the form's answers without files." },
	mediaType: {
		message: 'This content type is not supported.',
		hint: 'Send JSON, application/x-www-form-urlencoded or multipart/form-data in UTF-8.',
	},
	unreadable: {
		message: 'The content cannot be read.',
		hint: 'Check that it matches its Content-Type and is UTF-8.',
	},
	notTaken: {
		message: 'No create lead node received the submission in time.',
		hint: 'Wire the lead form node to a create lead node, or end the call in an http response node. Then send it again.',
	},
	outOfSight: {
		message: 'Part of the submission could not be followed through the flow.',
		hint: 'The help of the lead form node lists nodes that cannot be followed. Then send it again.',
	},
	late: {
		message: 'The submission was not finished in time.',
		hint: 'Send it again: leads that were already created are not created twice.',
	},
	notCreated: {
		message: 'The lead was not created.',
		hint: 'Fix the cause, then send it again.',
	},
	notFetched: {
		message: 'Only the ID of the lead arrived, and the lead could not be fetched.',
		hint: 'Check the page access token in the lead form node, then send it again.',
	},
	busy: { message: 'Too many calls at the moment.', hint: 'Send it again in a few seconds.' },
};
