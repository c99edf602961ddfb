import { IcloudReady } from '../../nodes/IcloudReady/IcloudReady.node';
import { literal } from './literal';
import { Linter } from 'eslint';
import { parser } from 'typescript-eslint';

// The plugin takes every file for a trigger's where NODE_ENV is "test", as jest sets it.
process.env.NODE_ENV = 'lint';
const n8nNodesBase = jest.requireActual<{ configs: { nodes: { rules: Linter.RulesRecord } } }>(
	'eslint-plugin-n8n-nodes-base',
);

const rules = {
	...n8nNodesBase.configs.nodes.rules,
	// The two rules know neither dynamic outputs nor `NodeConnectionTypes`; n8n's own tool turns them off too.
	'n8n-nodes-base/node-class-description-inputs-wrong-regular-node': 'off',
	'n8n-nodes-base/node-class-description-outputs-wrong': 'off',
	'n8n-nodes-base/node-param-type-options-max-value-present': 'off',
} as Linter.RulesRecord;

const print = (description: unknown): string =>
	`export class IcloudReady implements INodeType {\n\tdescription: INodeTypeDescription = ${literal(description, '\t')};\n}\n`;

const lint = (code: string): readonly string[] =>
	new Linter({ configType: 'flat' })
		.verify(
			code,
			[
				{
					files: ['**/*.ts'],
					languageOptions: { parser: parser as Linter.Parser },
					plugins: { 'n8n-nodes-base': n8nNodesBase },
					rules,
				},
			],
			{ filename: 'nodes/IcloudReady/IcloudReady.node.ts' },
		)
		.map(({ ruleId, message, line }) => `${ruleId}: ${message} (${code.split('\n')[line - 1]?.trim()})`);

const { description } = new IcloudReady();

/** Egypt and the Gulf come first, which is where the leads are from; `panel.test.ts` has the order of the others. */
const ofCountries =
	"n8n-nodes-base/node-param-options-type-unsorted-items: Alphabetize by 'name'. Order: Afghanistan (+93) |";

test("n8n's literal-only rules accept the whole panel, but for the order of the countries", () => {
	const told = lint(print(description));
	expect(told.filter((each) => !each.startsWith(ofCountries))).toEqual([]);
	expect(told).toHaveLength(1);
});

test('the rules do read what is printed: a spoiled copy is told', () => {
	const spoiled = {
		...description,
		properties: description.properties.map((each) =>
			each.name === 'outputPerOutcome' ? { ...each, description: 'One output each.' } : each,
		),
	};
	expect(lint(print(spoiled)).join('\n')).toMatch(/node-param-description-boolean-without-whether/);
});
