/** Runs `work` at once when `element` comes into view, and again every `everyMs` while it can be seen; returns what ends it. */
export const whileVisible = (element: Element, everyMs: number, work: () => Promise<void>): (() => void) => {
	let isSeen = false;
	let isBusy = false;
	const run = (): void => {
		if (!isSeen || isBusy || document.hidden) return;
		isBusy = true;
		void work().finally(() => {
			isBusy = false;
		});
	};
	const observer = new IntersectionObserver((entries) => {
		isSeen = entries.at(-1)?.isIntersecting === true;
		run();
	});
	observer.observe(element);
	const timer = setInterval(run, everyMs);
	document.addEventListener('visibilitychange', run);
	return () => {
		observer.disconnect();
		clearInterval(timer);
		document.removeEventListener('visibilitychange', run);
	};
};
