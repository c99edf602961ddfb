/** Bulk actions that a lead was part of, the newest last: where one is asked for again, it is not done twice. */
export interface BulkIds {
	readonly bulkIds?: readonly string[] | undefined;
}

/** Nobody waits for the answer of one that so many others came after. */
const mostKept = 8;

export const isPartOf = ({ bulkIds = [] }: BulkIds, bulkId: string | undefined): boolean =>
	bulkId !== undefined && bulkIds.includes(bulkId);

/** The same with one more; without one it stays as it is. */
export const withBulkId = <Part extends BulkIds>(part: Part, bulkId: string | undefined): Part =>
	bulkId === undefined ? part : { ...part, bulkIds: [...(part.bulkIds ?? []), bulkId].slice(-mostKept) };
