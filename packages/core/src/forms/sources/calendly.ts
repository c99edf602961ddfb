import type { Answer, Source } from '../answer';
import { answersOf, known, partOf, partsOf, textOf } from '../parts';

/** Calendly's webhook: who booked a meeting. A cancellation or a no-show is no new lead. */
export const calendly: Source = {
	name: 'Calendly',
	read: ({ event, payload }) => {
		if (typeof event !== 'string' || !/^invitee(?:_no_show)?\./.test(event)) return undefined;
		if (event !== 'invitee.created') return { problem: { kind: 'bookingChange' } };
		const invitee = partOf(payload);
		if (textOf(invitee.old_invitee) !== undefined) return { problem: { kind: 'bookingChange' } };
		const meeting = partOf(invitee.scheduled_event);
		const uri = textOf(invitee.uri);
		// Where the host is to call, the place of the meeting is the phone.
		const { type, location } = partOf(meeting.location);
		const called = type === 'outbound_call' ? location : undefined;
		const person: readonly Answer[] = ['first_name', 'last_name', 'email'].map((key) => ({
			key,
			value: invitee[key],
			from: `payload.${key}`,
		}));
		const wholeName: readonly Answer[] =
			textOf(invitee.first_name) === undefined ? [{ key: 'name', value: invitee.name, from: 'payload.name' }] : [];
		const asked = partsOf(invitee.questions_and_answers).map(
			({ question, answer }): Answer => ({
				key: textOf(question) ?? '',
				value: answer,
				from: `questions_and_answers.${textOf(question) ?? ''}`,
			}),
		);
		return {
			submissions: [
				{
					answers: [
						...wholeName,
						...person,
						...asked,
						{ key: 'phone', type: 'tel', value: invitee.text_reminder_number, from: 'payload.text_reminder_number' },
						{ key: 'phone', type: 'tel', value: called, from: 'scheduled_event.location', whose: 'person' },
						...answersOf(partOf(invitee.tracking), 'payload.tracking'),
					],
					known: [{ field: 'leadSource', value: 'calendly', from: 'Calendly' }],
					extra: {
						meeting: textOf(meeting.name),
						meetingAt: textOf(meeting.start_time),
						submissionId: uri?.split('/').at(-1),
					},
					...known(uri),
				},
			],
		};
	},
};
