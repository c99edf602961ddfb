import { organizationOf } from './entry';

/** Ids in the order of arrival, taken from the front; what was taken may come back to its place. */
class Line {
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

	putBack(id: string, wasRefused: boolean): void {
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
		if (this.start > 1024 && this.start * 2 > this.ids.length) {
			this.ids = this.ids.slice(this.start);
			this.start = 0;
		}
	}
}

/** What waits, by organization: one that is refused does not hold up the others. Holds ids only, never a lead. */
export interface Lines {
	/** A new arrival: the newest of all. */
	readonly add: (id: string) => void;
	/** One that waits again, at the place of its arrival; one that was refused lets the others of its organization try first. */
	readonly putBack: (id: string, wasRefused?: boolean) => void;
	/** A lead of this organization was taken, so those that were refused may try again. */
	readonly passed: (organizationId: string) => void;
	/** Takes the one that arrived first among the organizations that may send. */
	readonly take: (maySend: (organizationId: string) => boolean) => string | undefined;
}

export const createLines = (): Lines => {
	const lines = new Map<string, Line>();
	const lineOf = (id: string): Line => {
		const organizationId = organizationOf(id);
		const line = lines.get(organizationId) ?? new Line();
		lines.set(organizationId, line);
		return line;
	};
	return {
		add: (id) => lineOf(id).add(id),
		putBack: (id, wasRefused = false) => lineOf(id).putBack(id, wasRefused),
		passed: (organizationId) => lines.get(organizationId)?.passed(),
		take: (maySend) => {
			let best: { readonly line: Line; readonly first: string } | undefined;
			for (const [organizationId, line] of lines) {
				const { first } = line;
				if (first === undefined) lines.delete(organizationId);
				else if ((best === undefined || first < best.first) && maySend(organizationId)) best = { line, first };
			}
			best?.line.take();
			return best?.first;
		},
	};
};
