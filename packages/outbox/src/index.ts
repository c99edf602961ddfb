export { lastingDiskMarks, openDiskDedupeStore } from './dedupe/diskDedupeStore';
export { type DatabaseMeans } from './store/levelDatabase';
export { openDiskStore, type OpenedStore } from './store/diskStore';
export {
	arrivalOf,
	type Entry,
	entryId,
	isEntryId,
	organizationOf,
	type Origin,
	type Shelf,
	shelves,
} from './store/entry';
export { type Change, type EntryStore, type Page } from './store/entryStore';
export { givenUp } from './queue/expireUnverified';
export { openLevel } from './store/level';
export { type Found, type Search } from './queue/search';
export { type OutboxAdmin } from './queue/admin';
export { createPurgeClock } from './store/purgeClock';
export { afterRefusal, nextStep, type Step, type Why } from './queue/nextStep';
export { interrupted } from './store/recover';
export { isLead, isOutcome, personIn, type ReadEntry, readEntry } from './store/readEntry';
export { type Reason, reasonOf, reasonText } from './store/storeFault';
export { type Watcher } from './store/reopening';
export { type Counts, type NewEntry, type Outbox, type OutboxOptions } from './queue/types';
export { openOutbox } from './queue/outbox';
export { mostUnverified, type Room, roomFor, unverifiedPauseMs } from './queue/fairShare';
