/** Values by their rank, the lowest first: what goes in or comes out costs the logarithm of how many there are. */
export interface Heap<Value> {
	readonly push: (value: Value) => void;
	readonly peek: () => Value | undefined;
	readonly pop: () => Value | undefined;
}

export const createHeap = <Value>(isBefore: (one: Value, other: Value) => boolean): Heap<Value> => {
	const values: Value[] = [];
	const swap = (one: number, other: number): void => {
		[values[one], values[other]] = [values[other] as Value, values[one] as Value];
	};
	const isLess = (one: number, other: number): boolean => isBefore(values[one] as Value, values[other] as Value);
	return {
		push: (value) => {
			let at = values.push(value) - 1;
			for (let parent = (at - 1) >> 1; at > 0 && isLess(at, parent); parent = (at - 1) >> 1) {
				swap(at, parent);
				at = parent;
			}
		},
		peek: () => values[0],
		pop: () => {
			const [top] = values;
			const last = values.pop();
			if (values.length === 0 || last === undefined) return top;
			values[0] = last;
			for (let at = 0; ; ) {
				const [left, right] = [2 * at + 1, 2 * at + 2];
				let least = at;
				if (left < values.length && isLess(left, least)) least = left;
				if (right < values.length && isLess(right, least)) least = right;
				if (least === at) return top;
				swap(at, least);
				at = least;
			}
		},
	};
};
