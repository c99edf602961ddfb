import { counted } from '@icloud-ready/core';
import { type Damage, type Entry, type NotLeaving, reasonText } from '@icloud-ready/outbox';

/** What an outbox says in the log: what happened, then what to do. */
export const outboxTexts = {
	moved: (movedTo: string, salvaged: number): string =>
		`The outbox was damaged or written by another version and was moved to ${movedTo}. ` +
		(salvaged === 0
			? 'No lead in it could be read. '
			: `${salvaged} of its leads could be read and are listed as unconfirmed, because it is unknown which of them were sent. `) +
		'A new outbox was created.',
	repaired: (movedTo: string): string =>
		`The outbox files were damaged and have been repaired. The damaged files are kept in ${movedTo}; delete them once everything works.`,
	damaged: ({ leads, restored, unnamed, isOlder }: Damage): string =>
		[
			isOlder ? 'An older copy of the outbox was restored. ' : '',
			leads + unnamed === 0
				? 'The outbox was damaged and no lead was lost. '
				: `${counted(leads + unnamed, 'lead in the outbox is', 'leads in the outbox are')} damaged or missing. ` +
					`${leads} of them ${leads === 1 ? 'is' : 'are'} listed as unconfirmed with whatever can be read, because it is unknown what was sent. `,
			unnamed === 0 ? '' : `Nothing is left of ${unnamed}. `,
			restored === 0 ? '' : `${restored} keys and marks were restored. `,
			'Check the disk of this machine. Review the unconfirmed leads, then press Seen in the iCloud-Ready leads tab.',
		].join(''),
	renewed: (folder: string): string =>
		`The journal of the outbox in ${folder} was damaged or missing and has been rewritten. No lead is missing.`,
	broken: (folder: string, error: unknown): string =>
		`The outbox in ${folder} cannot be used, so leads are sent directly and none are kept for later: ${reasonText(error)}. Check that the folder can be written to, that the disk has free space and that no other Node-RED uses it. It is tried again automatically, and waiting leads are sent then.`,
	mended: (folder: string): string => `The outbox in ${folder} can be used again.`,
	notLeaving: ({ count, reason }: NotLeaving): string =>
		`${counted(count, 'lead in the outbox', 'leads in the outbox')} could have been sent a minute ago but ${count === 1 ? 'was' : 'were'} not (${reason}). Sending is tried again automatically every half minute; no lead is lost. If this goes on, restart Node-RED and report it with this line.`,
	leavingAgain: 'The leads in the outbox are being sent again.',
	unreadable: ({ id, unreadable }: Pick<Entry, 'id' | 'unreadable'>): string =>
		unreadable?.why === 'newer'
			? `A lead in the outbox was kept by a newer version of these nodes (${id}), so it is not sent and it is unknown whether it was. It is listed as unconfirmed, with whatever can be read. Update the nodes, then send it from that list if it is not in iCloud-Ready.`
			: `A lead in the outbox cannot be read (${id}), so it is not sent and it is unknown whether it was. It is listed as unconfirmed, with whatever can be read.`,
};
