export { openDiskMarks } from './diskMarks';
export { openDiskStore, type OpenedStore } from './diskStore';
export type { Entry, Origin, Shelf } from './entry';
export { shelves } from './entry';
export type { Change, EntryStore, Page } from './entryStore';
export type { Found, Mending, Search } from './mending';
export type { Why } from './nextStep';
export { type Counts, type NewEntry, openOutbox, type Outbox, type OutboxOptions } from './outbox';
