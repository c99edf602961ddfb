/** The most recent things of a kind, oldest first, within a number and a weight. */
export interface Recent<T> {
	readonly items: readonly T[];
	add(item: T, weight: number): void;
	clear(): void;
}

/**
 * Keeps at most `maxItems` things that weigh at most `maxWeight` altogether; the newest always stays. Old ones leave a
 * tenth at a time, so that adding costs the same however many there are.
 */
export function createRecent<T>({ maxItems, maxWeight }: { maxItems: number; maxWeight: number }): Recent<T> {
	const items: T[] = [];
	const weights: number[] = [];
	let total = 0;

	const dropOldest = (): void => {
		let dropped = 0;
		while (dropped < items.length - 1 && (items.length - dropped > maxItems * 0.9 || total > maxWeight * 0.9)) {
			total -= weights[dropped] ?? 0;
			dropped += 1;
		}
		items.splice(0, dropped);
		weights.splice(0, dropped);
	};

	return {
		items,
		add(item, weight) {
			items.push(item);
			weights.push(weight);
			total += weight;
			if (items.length > maxItems || total > maxWeight) dropOldest();
		},
		clear() {
			items.length = 0;
			weights.length = 0;
			total = 0;
		},
	};
}
