/** Copying the rest of a list costs as much as so many that are taken from it. */
const mostTaken = 1024;

/** Ids in the order of arrival, taken from the front; what was taken may come back to its place. */
export class Fifo {
	private ids: string[] = [];
	private start = 0;
	/** What came back, sorted: never more than are on their way, or that a person sends again. */
	private returned: string[] = [];
	/** What was refused since another of this line passed: the others try first. */
	private readonly refused = new Set<string>();

	get first(): string | undefined {
		const back = this.returned.find((id) => !this.refused.has(id));
		const next = this.ids[this.start];
		if (back === undefined) return next ?? this.returned[0];
		return next !== undefined && next < back ? next : back;
	}

	add(id: string): void {
		this.ids.push(id);
	}

	requeue(id: string, wasRefused: boolean): void {
		const at = this.returned.findIndex((other) => other > id);
		this.returned.splice(at === -1 ? this.returned.length : at, 0, id);
		if (wasRefused) this.refused.add(id);
		// All were refused: the first may try again.
		if (this.refused.size === this.returned.length && this.start === this.ids.length) this.refused.clear();
	}

	passed(): void {
		this.refused.clear();
	}

	take(): void {
		const { first } = this;
		if (first !== this.ids[this.start]) {
			this.returned = this.returned.filter((id) => id !== first);
			return;
		}
		this.start++;
		// A list with a moving start: taking from the front of a long array would copy it each time.
		if (this.start > mostTaken && this.start * 2 > this.ids.length) {
			this.ids = this.ids.slice(this.start);
			this.start = 0;
		}
	}
}
