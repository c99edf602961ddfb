import type { Part } from './parts';

/** Whether a lead is marked as a test, by the names that ad platforms and their testing tools give the mark. */
export const isMarkedTest = (part: Part): boolean =>
	[part.is_test, part.isTest, part.test_lead, part.testLead, part.is_test_lead].some(
		(mark) => mark === true || mark === 1 || /^(?:true|1)$/i.test(typeof mark === 'string' ? mark : ''),
	);

/** Answers of Meta's testing tool: `<test lead: dummy data for full_name>`. */
export const isDummyAnswer = (value: unknown): boolean =>
	typeof value === 'string' && /^<?test lead: dummy data for /i.test(value);
