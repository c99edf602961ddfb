import type { Translate } from '../dialog/words';
import { outboxTabId, showOutboxEvent } from './names';
import { createPanel } from './panel';
import { whileVisible } from './whileVisible';

const refreshEveryMs = 4000;

let remove: (() => void) | undefined;

/** Puts the tab into the sidebar; it asks for nothing while nobody sees it. */
export const addOutboxTab = (words: Translate): void => {
	if (remove !== undefined) return;
	const panel = createPanel(words);
	RED.sidebar.addTab({
		id: outboxTabId,
		label: words('outbox.label'),
		name: words('outbox.name'),
		iconClass: 'fa fa-inbox',
		content: panel.view,
		enableOnEdit: true,
	});
	const element = panel.view.get(0);
	const stop = element === undefined ? undefined : whileVisible(element, refreshEveryMs, panel.refresh);
	RED.events.on(showOutboxEvent, panel.showAccount);
	remove = () => {
		stop?.();
		RED.events.off(showOutboxEvent, panel.showAccount);
		RED.sidebar.removeTab(outboxTabId);
		remove = undefined;
	};
};

export const removeOutboxTab = (): void => remove?.();
