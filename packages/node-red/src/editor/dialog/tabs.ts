import type { Translate } from './words';

/** Node-RED makes an element's id of a tab's id, so it must be our own. */
const own = (name: string): string => `icr-${name}`;

/** Makes a tab of each part of the form that is marked `data-tab`; `onShow` hears which one is shown. */
export const prepareTabs = (words: Translate, onShow: (name: string) => void): void => {
	const parts = $('.icr-tab');
	const nameOf = (part: HTMLElement): string => part.dataset.tab ?? '';
	const tabs = RED.tabs.create({
		id: 'icr-tabs',
		onchange: ({ id }) => {
			parts.each((_index, part) => {
				const isShown = own(nameOf(part)) === id;
				$(part).prop('hidden', !isShown);
				if (isShown) onShow(nameOf(part));
			});
		},
	});
	parts.each((_index, part) => {
		tabs.addTab({ id: own(nameOf(part)), label: words(`tab.${nameOf(part)}`) });
	});
	setTimeout(() => tabs.resize(), 0);
};
