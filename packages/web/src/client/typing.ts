/** Short enough that what follows seems to follow the typing. */
const usualPauseMs = 300;

/** Works once somebody has typed nothing more for a while. */
export const createTypingPause = (
	work: () => void,
	pauseMs = usualPauseMs,
): { readonly typed: () => void; readonly cancel: () => void } => {
	let timer: ReturnType<typeof setTimeout> | undefined;
	const cancel = (): void => clearTimeout(timer);
	return {
		typed: () => {
			cancel();
			timer = setTimeout(work, pauseMs);
		},
		cancel,
	};
};

/** The key `/` outside of any field, as pages use it to lead to their search. */
export const onSlashKey = (work: () => void): void =>
	document.addEventListener('keydown', (event) => {
		const { target, key } = event;
		if (key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return;
		if (target instanceof HTMLElement && target.closest('input:not([type="checkbox"]), textarea, select')) return;
		event.preventDefault();
		work();
	});
