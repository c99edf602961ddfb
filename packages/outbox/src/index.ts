export {
	type DiskDedupeStore,
	lastingDedupeStore,
	openDiskDedupeStore,
	type RecordFindings,
} from './dedupe/diskDedupeStore';
export { type Damage } from './store/damage';
export { type DatabaseMeans } from './store/databaseFiles';
export { openDiskStore, type OpenedStore, type StoreOptions } from './store/diskStore';
export {
	arrivalOf,
	type EarlierAttempt,
	type Entry,
	entryId,
	isEntryId,
	type LeadPayload,
	partitionOf,
	type Shelf,
	shelves,
	type Unreadable,
} from './store/entry';
export { afterAttempt } from './store/attempts';
export { isPartOf, withBulkId } from './store/bulkIds';
export { earlierSchema } from './store/entrySchema';
export { type Change, type EntryStore, type Page } from './store/entryStore';
export { type DamagedPayload, type PayloadFormat } from './store/payloadFormat';
export { givenUp } from './queue/expireUnverified';
export { type Progress } from './store/openSafely';
export { openLevel } from './store/level';
export {
	type Found,
	type Search,
	type SearchedPage,
	searchPages,
	searchPageSize,
} from './queue/search';
export { holdsText, searchedText } from './queue/searchedText';
export { createStringPool, type StringPool } from './queue/stringPool';
export { bitsOf, mayHold, signatureOf, signatureUnits, writeSignature } from './queue/textSignature';
export { type EntryFilter } from './queue/leadIndex';
export { endOf, type Facets, phoneHash, sourceOf } from './queue/leadColumns';
export { createPurgeClock } from './store/purgeClock';
// The one name of it is the core's; this one is for those who have not taken it yet.
export { afterRefusal, nextStep, type Step } from './queue/nextStep';
export { interrupted } from './store/recover';
export { isLead, isOutcome, personIn } from './store/readEntry';
export { type Reason, reasonOf, reasonText } from './store/storeFault';
export { type Watcher } from './store/reopening';
export { type Counts, type NewEntry, type Outbox, type OutboxAdmin, type OutboxOptions } from './queue/types';
export { openOutbox } from './queue/outbox';
export {
	type AnswerHistory,
	type LineFacts,
	mayLeaveAtMs,
	type NotLeaving,
	type NotLeavingReason,
	overdueAfterMs,
} from './queue/mayLeave';
export { mostUnverified, type Room, roomFor, unverifiedPauseMs } from './queue/fairShare';
export { type WaitingPartition } from './queue/waitingPartitions';
