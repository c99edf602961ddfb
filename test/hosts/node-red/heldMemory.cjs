// Loaded before Node-RED: on SIGWINCH it collects garbage and prints what is still held. The memory of a process shrinks
// late or never, so what is resident says little of what is kept. A signal that Node-RED does not end at.
const { setFlagsFromString } = require('node:v8');
const { runInNewContext } = require('node:vm');

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc');
process.on('SIGWINCH', () => {
	collect();
	const { heapUsed, external } = process.memoryUsage();
	process.stdout.write(`held bytes: ${heapUsed + external}\n`);
});
