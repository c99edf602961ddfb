import { type Entry, type NotLeaving, reasonText } from '@icloud-ready/outbox';

/** What an outbox says in the log: what happened, then what to do. */
export const outboxTexts = {
	moved: (movedTo: string, salvaged: number): string =>
		`The outbox was damaged or of another version and was moved to ${movedTo}. ` +
		(salvaged === 0
			? 'No lead in it could be read. '
			: `${salvaged} of its leads could be read and are listed as unconfirmed, since it is not known which of them were sent. `) +
		'A new outbox was begun.',
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
