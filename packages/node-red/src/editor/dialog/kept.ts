import type { ShownOutbox } from '../../runtime/account/shownOutboxes';
import { outboxTabId, showOutboxEvent } from '../outbox/names';
import type { Translate } from './words';

const patienceMs = 15_000;

let known: { readonly id: string; readonly waiting: number } | undefined;

/** How many leads wait for the account, as they did when its dialog was opened. */
export const keptWaiting = (accountId: string): number => (known?.id === accountId ? known.waiting : 0);

/** How many leads the account keeps, and the way to them; nothing where it keeps none or does not run. */
export const showKept = (accountId: string, words: Translate): void => {
	known = undefined;
	$.ajax({ url: 'icloud-ready/outbox', dataType: 'json', timeout: patienceMs }).done(
		(outboxes: readonly ShownOutbox[]) => {
			const found = outboxes.find(({ id }) => id === accountId);
			if (found === undefined) return;
			const { waiting, sending, unconfirmed } = found.counts;
			known = { id: accountId, waiting: waiting + sending };
			const parts = [
				words('kept.waiting', { count: waiting + sending }),
				...(unconfirmed > 0 ? [words('kept.unconfirmed', { count: unconfirmed })] : []),
			];
			$('#icr-kept-text').text(found.isBroken ? words('kept.broken') : parts.join(' · '));
			$('#icr-kept').prop('hidden', false);
		},
	);
	$('#icr-kept-open').on('click', () => {
		RED.sidebar.show(outboxTabId);
		RED.events.emit(showOutboxEvent, accountId);
	});
};
