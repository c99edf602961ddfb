import { Fifo } from '../../packages/outbox/src/queue/fifo';
import fc from '../fixtures/fastCheck';

interface Waiting {
	readonly id: string;
	readonly how: 'new' | 'returned' | 'refused';
}

/** The same by looking at all of them: those that were refused come last, each kind in the order of arrival. */
const createModel = () => {
	let all: readonly Waiting[] = [];
	const first = (): Waiting | undefined => {
		const inOrder = [...all].sort((one, other) => (one.id < other.id ? -1 : 1));
		return inOrder.find(({ how }) => how !== 'refused') ?? inOrder[0];
	};
	const passed = (): void => {
		all = all.map(({ id, how }) => ({ id, how: how === 'refused' ? 'returned' : how }));
	};
	return {
		first: () => first()?.id,
		passed,
		push: (id: string) => {
			all = [...all, { id, how: 'new' }];
		},
		requeue: (id: string, wasRefused: boolean) => {
			all = [...all, { id, how: wasRefused ? 'refused' : 'returned' }];
			if (all.every(({ how }) => how === 'refused')) passed();
		},
		take: () => {
			const taken = first();
			all = all.filter((each) => each !== taken);
		},
	};
};

const step = fc.oneof(
	{ weight: 4, arbitrary: fc.constant('push' as const) },
	{ weight: 4, arbitrary: fc.constant('take' as const) },
	{ weight: 3, arbitrary: fc.constant('requeue' as const) },
	{ weight: 3, arbitrary: fc.constant('refused' as const) },
	{ weight: 1, arbitrary: fc.constant('passed' as const) },
);

test('whatever comes, is taken and comes back, the first is the one that a look at all of them finds', () => {
	fc.assert(
		fc.property(fc.array(step, { maxLength: 200 }), fc.nat(), (steps, chance) => {
			const [line, model] = [new Fifo(), createModel()];
			const taken: string[] = [];
			let arrived = 0;
			for (const [at, each] of steps.entries()) {
				if (each === 'push') {
					const id = String(++arrived).padStart(5, '0');
					line.add(id);
					model.push(id);
				} else if (each === 'passed') {
					line.passed();
					model.passed();
				} else if (each === 'take') {
					if (line.first !== undefined) taken.push(line.first);
					line.take();
					model.take();
				} else {
					const [id] = taken.splice((chance + at) % Math.max(1, taken.length), 1);
					if (id === undefined) continue;
					line.requeue(id, each === 'refused');
					model.requeue(id, each === 'refused');
				}
				expect(line.first).toBe(model.first());
			}
		}),
	);
});
