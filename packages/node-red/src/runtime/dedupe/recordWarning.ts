import type { RecordFindings } from '@icloud-ready/outbox';

/** What was found wrong with the record; undefined where all is well. */
export const warningOf = ({ damage, movedTo, renewedJournal }: RecordFindings): string | undefined => {
	const said = [
		movedTo === undefined ? '' : `The old files are in ${movedTo}.`,
		damage === undefined
			? ''
			: [
					damage.isOlder ? 'An older copy of it was restored.' : '',
					`${damage.restored} of its keys were restored.`,
					damage.leads + damage.unnamed === 0
						? 'Nothing is lost.'
						: `For ${damage.leads + damage.unnamed} keys it is unknown whether their leads were created: check iCloud-Ready before sending such leads again.`,
					'Check the disk of this machine.',
				]
					.filter((each) => each !== '')
					.join(' '),
		renewedJournal === true ? 'Its journal was damaged or missing and has been rewritten. No lead is missing.' : '',
	].filter((each) => each !== '');
	return said.length === 0 ? undefined : `The record of created leads was damaged. ${said.join(' ')}`;
};
