/**
 * Which branches of some sources a number of seeds reach: V8 counts how often each block of the bundles ran, and the branches
 * themselves are those of the syntax, so that one which no block stands for is not left out.
 */
import { Session } from 'node:inspector/promises';
import { SourceMap } from 'node:module';
import ts from 'typescript';

const covered =
	/^packages\/(?:outbox\/src\/(?:queue|store|dedupe)\/|core\/src\/(?:delivery\/(?:circuitBreaker|dedupe)|rateLimit\/)[^/]*)/;

/** How often the code at a place ran: as the innermost range says that holds it. */
const countsOf = (functions) => {
	const ranges = functions.flatMap((each) => each.ranges);
	ranges.sort((one, other) => one.startOffset - other.startOffset || other.endOffset - one.endOffset);
	return (at) => {
		let count = 0;
		let size = Number.POSITIVE_INFINITY;
		for (const range of ranges) {
			if (range.startOffset > at) break;
			if (at >= range.endOffset || range.endOffset - range.startOffset > size) continue;
			size = range.endOffset - range.startOffset;
			count = range.count;
		}
		return count;
	};
};

/** The arms of a branching, each with how often it was taken. */
const armsOf = (node, countAt, source) => {
	const count = (child) => countAt(child.getStart(source));
	if (ts.isIfStatement(node)) {
		const taken = count(node.thenStatement);
		const other = node.elseStatement === undefined ? countAt(node.getStart(source)) - taken : count(node.elseStatement);
		return [taken, other];
	}
	if (ts.isConditionalExpression(node)) return [count(node.whenTrue), count(node.whenFalse)];
	if (ts.isCaseOrDefaultClause(node)) return node.statements.length === 0 ? [] : [count(node.statements[0])];
	const isLogical =
		ts.isBinaryExpression(node) &&
		[
			ts.SyntaxKind.AmpersandAmpersandToken,
			ts.SyntaxKind.BarBarToken,
			ts.SyntaxKind.QuestionQuestionToken,
			ts.SyntaxKind.QuestionQuestionEqualsToken,
		].includes(node.operatorToken.kind);
	return isLogical ? [count(node.left), count(node.right)] : [];
};

const mapIn = (text) => {
	const at = text.lastIndexOf('//# sourceMappingURL=data:');
	return new SourceMap(JSON.parse(Buffer.from(text.slice(text.indexOf('base64,', at) + 7), 'base64').toString('utf8')));
};

/** Adds the branches of one bundle; one of several bundles is reached where it is in any. */
const addBundle = (branches, text, functions) => {
	const source = ts.createSourceFile('bundle.js', text, ts.ScriptTarget.Latest, true, ts.ScriptKind.JS);
	const map = mapIn(text);
	const countAt = countsOf(functions);
	const visit = (node) => {
		for (const [arm, count] of armsOf(node, countAt, source).entries()) {
			const { line, character } = source.getLineAndCharacterOfPosition(node.getStart(source));
			const { originalSource, originalLine, originalColumn } = map.findEntry(line, character);
			const file = /packages\/.*/.exec(originalSource ?? '')?.[0];
			if (file === undefined || !covered.test(file)) continue;
			const name = `${file}:${originalLine + 1}:${originalColumn} ${ts.SyntaxKind[node.kind]} ${arm}`;
			branches.set(name, (branches.get(name) ?? 0) + count);
		}
		ts.forEachChild(node, visit);
	};
	visit(source);
};

/** Runs `work` and gives how often each branch was taken, by file, line, column, kind and arm. */
export const coverageOf = async (texts, work) => {
	const session = new Session();
	session.connect();
	await session.post('Profiler.enable');
	await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
	await work();
	const { result } = await session.post('Profiler.takePreciseCoverage');
	session.disconnect();
	const branches = new Map();
	for (const { url, functions } of result) {
		const name = /^sim:(\w+)\.js$/.exec(url)?.[1];
		if (name !== undefined && name !== 'simulation') addBundle(branches, texts[name], functions);
	}
	return branches;
};
