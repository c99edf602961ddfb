/**
 * `npm run trial:answers`: each shipped Node-RED example that answers a call, as shipped but for its account, gets calls
 * while its Node-RED is killed (kill -9) from 0.2 s after the start on. No answered call may be nowhere and none doubled.
 * `--calls 1000`, `--kills 25`, `--expired-seconds 60` (an expired key, none without it), `--seed 1`, `--example ad-platforms`, `--outbox disk|off` (both without it) choose;
 * `--version node-red-5` takes a Node-RED of the hosts' cache instead of the one of this checkout.
 */
import { parseArgs } from 'node:util';
import { prepare } from '../build/prepare.mjs';
import { tryAnswers } from './answers.mjs';
import { exampleCalls } from './calls.mjs';

const { values } = parseArgs({
	options: {
		calls: { type: 'string', default: '1000' },
		kills: { type: 'string', default: '25' },
		'expired-seconds': { type: 'string', default: '0' },
		seed: { type: 'string', default: '1' },
		example: { type: 'string' },
		outbox: { type: 'string' },
		version: { type: 'string' },
	},
});
const [calls, kills, seed] = [values.calls, values.kills, values.seed].map(Number);

prepare();
const found = [];
for (const outbox of values.outbox === undefined ? ['disk', 'off'] : [values.outbox]) {
	for (const example of values.example === undefined ? Object.keys(exampleCalls) : [values.example]) {
		const counts = await tryAnswers({
			example,
			outbox,
			calls,
			kills,
			expiredSeconds: Number(values['expired-seconds']),
			seed,
			version: values.version,
			log: (line) => console.error(line),
		});
		console.log(JSON.stringify(counts));
		found.push(counts);
	}
}
const isTrue = found.every(({ answered, lost, doubled }) => answered > 0 && lost === 0 && doubled === 0);
console.log(
	isTrue ? 'Every answered call is accounted for once.' : 'An answered call is nowhere, or a lead is doubled.',
);
process.exitCode = isTrue ? 0 : 1;
