export { byteOrderMark, csvLine } from './csv';
export { openDiskMarks } from './diskMarks';
export { openDiskStore, type OpenedStore } from './diskStore';
export { arrivalOf, type Entry, entryId, organizationOf, type Origin, type Shelf, shelves } from './entry';
export type { Change, EntryStore, Page } from './entryStore';
export type { Found, Mending, Search } from './mending';
export { afterRefusal, nextStep, type Step, type Why } from './nextStep';
export { interrupted } from './recover';
export { type Counts, type NewEntry, openOutbox, type Outbox, type OutboxOptions } from './outbox';
