import type { CallRefusal } from '../../outcome/callRefusal';
import type { Explanation } from '../types';

/** What a refused call is answered with: what happened, then what to do. */
export const refusals: Readonly<Record<CallRefusal, Explanation>> = {
	forged: {
		message: 'The call does not prove who sent it.',
		hint: 'Compare the secret in the lead form node with the one at the platform. If you did not send this call, there is nothing to do.',
	},
	tooOld: {
		message: 'The call was made too long ago.',
		hint: 'Check that the clock of this machine is right, then let the platform send it again.',
	},
	noSecret: {
		message: 'This address is not set up yet.',
		hint: 'Enter the secret of the platform in the lead form node and deploy, then let the platform send it again.',
	},
	wrongToken: {
		message: 'The verify token is not the one of this address.',
		hint: 'Enter the same verify token in the lead form node and at the platform.',
	},
	method: { message: 'This address takes POST only.', hint: 'Send the form by POST.' },
	tooLarge: { message: 'The call is too large.', hint: 'Send the answers of the form without files.' },
	mediaType: {
		message: 'The kind of the content is not known here.',
		hint: 'Send JSON, application/x-www-form-urlencoded or multipart/form-data in UTF-8.',
	},
	unreadable: {
		message: 'The content cannot be read.',
		hint: 'Check that it is what its Content-Type says, in UTF-8.',
	},
	notTaken: {
		message: 'No create lead node took the submission in time.',
		hint: 'Wire the lead form node to a create lead node, or end the call in an http response node. Send it again then.',
	},
	outOfSight: {
		message: 'A part of the submission got out of sight in the flow.',
		hint: 'See the help of the lead form node for nodes that cannot be followed. Send it again then.',
	},
	late: {
		message: 'The submission did not end in time.',
		hint: 'Send it again: what was created by then is not created twice.',
	},
	notCreated: {
		message: 'The lead was not created.',
		hint: 'Send it again: it can be created once the cause is mended.',
	},
	notFetched: {
		message: 'Only the ID of the lead came, and the lead could not be fetched.',
		hint: 'Check the page access token in the lead form node. Send it again then.',
	},
	busy: { message: 'No more calls are taken at the moment.', hint: 'Send it again in a few seconds.' },
};
