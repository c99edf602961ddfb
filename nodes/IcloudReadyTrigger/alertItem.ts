import { type AlertData, readAlertMessage, withAlert } from '../../packages/core/src';
import type { IWebhookFunctions } from 'n8n-workflow';

/** What leaves the trigger for an alert: the English words in front, so that a mail takes `title` and `text`. */
export interface AlertItem extends Omit<AlertData, 'en' | 'ar'> {
	readonly title: string;
	readonly text: string;
	readonly arabic: AlertData['ar'];
	/** The same in each repeat of one alert. */
	readonly icloudReady: { readonly alertId: string; readonly isRepeat: boolean };
}

/** `known`: it has started an execution before, which is to be the only one. */
export type ReadAlert =
	| { readonly kind: 'item'; readonly item: AlertItem }
	| { readonly kind: 'known' }
	| { readonly kind: 'noAlert' };

type Means = Pick<IWebhookFunctions, 'getNodeParameter' | 'getWorkflowStaticData'>;

/**
 * A genuine message of a gateway as an item. Where the caller is answered at once, a repeat is known and starts nothing;
 * where it waits for the end, it sends an alert again only if the workflow failed or took too long, so that one is started
 * again and says of itself that it is a repeat.
 */
export const alertItem = (n8n: Means, id: string, message: unknown): ReadAlert => {
	const alert = readAlertMessage(message);
	if (alert === undefined) return { kind: 'noAlert' };
	const kept = n8n.getWorkflowStaticData('node');
	const { isRepeat, known } = withAlert(kept.alerts, id, Date.now());
	if (!isRepeat) kept.alerts = known;
	if (isRepeat && n8n.getNodeParameter('answer', 'whenEnded') === 'atOnce') return { kind: 'known' };
	const { en, ar, ...facts } = alert;
	return { kind: 'item', item: { ...en, ...facts, arabic: ar, icloudReady: { alertId: id, isRepeat } } };
};
