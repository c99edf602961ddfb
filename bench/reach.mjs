/** What is to be reached, as its issue says it: by the name under which a part gives its figure. */

const least = (what, value, unit) => ({
	what,
	unit,
	bound: `at least ${value.toLocaleString('en-US')}${unit}`,
	isReached: (found) => found >= value,
});
const most = (what, value, unit) => ({
	what,
	unit,
	bound: `at most ${value.toLocaleString('en-US')}${unit}`,
	isReached: (found) => found <= value,
});

export const reach = {
	nodeRedOverRequest: least('Node-RED direct, leads a second, over http request', 3, ' x'),
	nodeRedOverLoop: least('Node-RED direct, over the bare undici loop', 0.6, ' x'),
	diskOverDirect: least('Node-RED with disk, over direct', 0.5, ' x'),
	nodeRedGrowth: most('Node-RED, time for each lead of a list of 10,000 over one of 1,000', 1.15, ' x'),
	receivedAtOnce: most('lead form, at once: time until a call is answered, over http in and http response', 1.2, ' x'),
	openingSeconds: most('200,000 leads that wait, and 1,000,000 marks, opened', 10, ' s'),
	openingMegabytes: most('… the most memory', 300, ' MB'),
	n8n1000At0: least('n8n node, default options, over HTTP Request, 1,000 items, 0 ms', 1.5, ' x'),
	n8n10000At0: least('n8n node, default options, over HTTP Request, 10,000 items, 0 ms', 1.5, ' x'),
	n8n1000At50: least('n8n node, default options, over HTTP Request, 1,000 items, 50 ms', 1.5, ' x'),
	n8n10000At50: least('n8n node, default options, over HTTP Request, 10,000 items, 50 ms', 1.5, ' x'),
	n8nMemory: most(
		"n8n node, peak RSS over HTTP Request's or that of Edit Fields, most of all sizes from 1,000",
		1,
		' x',
	),
	n8nGrowthAt0: most('n8n node, time for each item of 10,000 over 1,000, 0 ms', 1.15, ' x'),
	n8nGrowthAt50: most('n8n node, time for each item of 10,000 over 1,000, 50 ms', 1.15, ' x'),
	millionGrowth: most('1,000,000 leads through Node-RED, RSS growth after the first 10,000', 50, ' MB'),
	core: least('core, draft -> request, sample lead, on one core', 50_000, ' a second'),
	requireN8n: most('require of the packed n8n node', 60, ' ms'),
	requireNodeRed: most('require of the packed Node-RED nodes', 80, ' ms'),
	packedN8n: most('packed n8n package', 200, ' kB'),
	gatewayOverhead: most('gateway, leads on disk: what it adds to one lead, median', 3, ' ms'),
	gatewayPerSecond: least('gateway on one core, leads on disk: taken in a second of 500 given', 495, ''),
	gatewayMemory: most('… its memory in the last third of that time over the second', 1.05, ' x'),
	gatewayWaiting: least('… clients that wait at once, all answered in the end', 5000, ''),
};
