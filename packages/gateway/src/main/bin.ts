import { runCli } from './cli';

const stopSignals = ['SIGINT', 'SIGTERM'] as const;

// Whoever read the log may go away; leads go on.
for (const output of [process.stdout, process.stderr]) output.on('error', () => undefined);

const main = async (): Promise<void> => {
	const result = await runCli({
		args: process.argv.slice(2),
		env: process.env,
		print: (text) => void process.stdout.write(`${text}\n`),
		printError: (text) => void process.stderr.write(`${text}\n`),
	});
	if (typeof result === 'number') {
		// Whatever is still open must not keep it from ending, once all that it printed is out.
		process.stdout.write('', () => process.stderr.write('', () => process.exit(result)));
		return;
	}
	for (const signal of stopSignals) process.once(signal, () => void result.close().then(() => process.exit(0)));
};

void main();
