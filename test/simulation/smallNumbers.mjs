/**
 * Numbers of the product that a run of a few leads never reaches, each with one that it does: pages, first sizes, the length of
 * a journal. A run takes all of them or none; what the product promises depends on none of them.
 */
const outbox = (path, name, from, to) => ({
	name: `small: ${name}`,
	file: `packages/outbox/src/${path}.ts`,
	search: `const ${name} = ${from};`,
	replace: `const ${name} = ${to};`,
});

export const smallNumbers = [
	outbox('queue/circuitBreakers', 'mostBreakers', '20_000', '24'),
	outbox('queue/leavingFacts', 'mostHistories', '20_000', '24'),
	outbox('queue/leadColumns', 'firstSize', '1024', '2'),
	outbox('queue/leadIndex', 'pageSize', '100', '2'),
	outbox('queue/leadIndex', 'mergedAtOnce', '2000', '2'),
	outbox('queue/purge', 'pageSize', '100', '2'),
	outbox('queue/watchdog', 'mostRequeued', '10_000', '2'),
	outbox('queue/search', 'searchPageSize', '200', '2'),
	outbox('queue/search', 'maxRead', '400', '4'),
	outbox('queue/fifo', 'mostTaken', '1024', '1'),
	outbox('store/compactJournal', 'longBytes', '8 * 1024 * 1024', '4096'),
	outbox('store/databaseFormat', 'recentWrites', '128', '8'),
	outbox('store/inventory', 'firstSize', '1024', '4'),
	outbox('store/journal', 'entriesInPart', '500', '2'),
	outbox('store/journalFile', 'pieceBytes', '1024 * 1024', '512'),
	outbox('store/level', 'keysAtOnce', '1000', '2'),
	outbox('store/recover', 'pageSize', '500', '2'),
	outbox('store/salvage', 'salvagedAtOnce', '500', '2'),
	outbox('store/settleFindings', 'atOnce', '200', '2'),
	outbox('store/waitingCache', 'mostKept', '1000', '2'),
	outbox('store/waitingCache', 'longestKept', '8000', '350'),
];
