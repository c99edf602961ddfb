import { helpText } from '../../packages/sandbox/src/arguments';
import { scenarioEmails, scenarioKeys } from '../../packages/sandbox/src/scenarios';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const readme = readFileSync(join(__dirname, '../../packages/sandbox/README.md'), 'utf8');
const rowOf = (code: string): string => readme.split('\n').find((line) => line.startsWith(`| \`${code}\` |`)) ?? '';

describe('the README', () => {
	it.each(scenarioKeys.map(({ key, does }) => [key, does] as const))('says what %s does', (key, does) => {
		expect(rowOf(key)).toContain(does);
	});

	it.each(scenarioEmails.map(({ email, leadCreated }) => [email, leadCreated] as const))(
		'says whether %s creates a lead',
		(email, leadCreated) => {
			expect(rowOf(email)).toMatch(leadCreated ? /\| yes \|$/ : /\| no \|$/);
		},
	);

	it('names every option', () => {
		const options = [...helpText.matchAll(/^ {2}(--\w+)/gm)].map(([, option]) => option ?? '');
		expect(options.length).toBeGreaterThan(0);
		for (const option of options) expect(readme).toContain(`\`${option}`);
	});
});
