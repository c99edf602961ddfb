import { createMetrics, metricsText } from '../../packages/gateway/src/watch/metrics';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const rules = readFileSync(join(__dirname, '../../packages/gateway/monitoring/alerts.yml'), 'utf8');
const figures = { waiting: 0, unverified: 0, sending: 0, unconfirmed: 0, ended: 0, waitsSinceMs: undefined };
const facts = { version: '0.1.0', store: 'disk', maxWaiting: 10, held: [] } as const;
const metrics = metricsText(createMetrics(), figures, 0, true, undefined, facts);
const expressions = [...rules.matchAll(/^ +expr: (.+)$/gm)].map(([, expression = '']) => expression);

test('each rule asks for what the gateway tells, under labels that it has', () => {
	expect(expressions.length).toBeGreaterThan(6);
	const asked = expressions.flatMap((expression) => expression.match(/\bgateway_\w+/g) ?? []);
	for (const name of asked) expect(metrics).toContain(`# TYPE ${name} `);
	for (const [, name = '', label = ''] of rules.matchAll(/(gateway_\w+)\{(\w+)=/g))
		expect(metrics).toMatch(new RegExp(`^${name}\\{.*\\b${label}="`, 'm'));
	for (const [, label = ''] of rules.matchAll(/\$labels\.(\w+)/g)) expect(metrics).toContain(`${label}="`);
});

test('each rule says what happened and what to do', () => {
	expect(rules.match(/^ +summary: .+$/gm)).toHaveLength(expressions.length);
	expect(rules.match(/^ +description: .+\.$/gm)).toHaveLength(expressions.length);
});
