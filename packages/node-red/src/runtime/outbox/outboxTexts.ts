import { type Damage, type Entry, type NotLeaving, reasonText } from '@icloud-ready/outbox';

/** What an outbox says in the log: what happened, then what to do. */
export const outboxTexts = {
	moved: (movedTo: string, salvaged: number): string =>
		`The outbox was damaged or of another version and was moved to ${movedTo}. ` +
		(salvaged === 0
			? 'No lead in it could be read. '
			: `${salvaged} of its leads could be read and are listed as unconfirmed, since it is not known which of them were sent. `) +
		'A new outbox was begun.',
	repaired: (movedTo: string): string =>
		`The files of the outbox were damaged and have been repaired. The damaged ones are kept in ${movedTo}; delete them once all is well.`,
	damaged: ({ leads, restored, unnamed, isOlder }: Damage): string =>
		[
			isOlder ? 'An older copy of the outbox was put in its place. ' : '',
			leads + unnamed === 0
				? 'The outbox was damaged and no lead was lost. '
				: `${leads + unnamed} leads of the outbox are damaged or missing. ` +
					`${leads} of them are listed as unconfirmed with as much as can be read, since it is not known whether they were sent. `,
			unnamed === 0 ? '' : `Of ${unnamed} nothing is left. `,
			restored === 0 ? '' : `${restored} keys and marks were put back. `,
			'Check the disk of this machine. Look through the unconfirmed leads, then press Seen in the tab iCloud-Ready leads.',
		].join(''),
	renewed: (folder: string): string =>
		`The journal of the outbox in ${folder} was damaged or gone and has been written anew. Nothing is missing.`,
	broken: (folder: string, error: unknown): string =>
		`The outbox in ${folder} cannot be used, so leads are sent directly and none is kept for later: ${reasonText(error)}. Check that the folder can be written, that the disk has room and that no other Node-RED uses it. It is tried again by itself, and what waits in it leaves then.`,
	mended: (folder: string): string => `The outbox in ${folder} can be used again.`,
	notLeaving: ({ count, reason }: NotLeaving): string =>
		`${count} leads of the outbox could have left for a minute and have not (${reason}). They are tried again by themselves every half minute; no lead is lost. If this stays, restart Node-RED and report it with this line.`,
	leavingAgain: 'The leads of the outbox leave again.',
	unreadable: ({ id, unreadable }: Pick<Entry, 'id' | 'unreadable'>): string =>
		unreadable?.why === 'newer'
			? `A lead of the outbox was kept by a newer version of these nodes (${id}), so it is not sent and it is not known whether it was. It is listed as unconfirmed, with as much of it as can be read. Update the nodes, then send it from that list if it did not arrive.`
			: `A lead of the outbox cannot be read (${id}), so it is not sent and it is not known whether it was. It is listed as unconfirmed, with as much of it as can be read.`,
};
