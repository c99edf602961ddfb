import { createHeap } from './heap';

/** Copying the rest of a list costs as much as so many that are taken from it. */
const mostTaken = 1024;

const isEarlier = (one: string, other: string): boolean => one < other;

/**
 * Ids in the order of arrival, taken from the front; what was taken may come back to its place. As a person may have all that
 * ended sent again, what comes back costs little however many do.
 */
export class Fifo {
	private ids: string[] = [];
	private start = 0;
	private readonly returned = createHeap(isEarlier);
	/** What was refused since another of this line passed: the others try first. */
	private readonly refused = createHeap(isEarlier);

	get first(): string | undefined {
		const back = this.returned.peek();
		const next = this.ids[this.start];
		if (back === undefined) return next ?? this.refused.peek();
		return next !== undefined && next < back ? next : back;
	}

	add(id: string): void {
		this.ids.push(id);
	}

	requeue(id: string, wasRefused: boolean): void {
		(wasRefused ? this.refused : this.returned).push(id);
		// All were refused: the first may try again.
		if (this.returned.peek() === undefined && this.start === this.ids.length) this.passed();
	}

	passed(): void {
		for (let id = this.refused.pop(); id !== undefined; id = this.refused.pop()) this.returned.push(id);
	}

	take(): void {
		const { first } = this;
		if (first === undefined) return;
		if (first === this.returned.peek()) {
			this.returned.pop();
		} else if (first === this.ids[this.start]) {
			this.start++;
			// A list with a moving start: taking from the front of a long array would copy it each time.
			if (this.start > mostTaken && this.start * 2 > this.ids.length) {
				this.ids = this.ids.slice(this.start);
				this.start = 0;
			}
		} else {
			this.refused.pop();
		}
	}
}
