/** What the measuring process needs of the outbox, in one file. */
export { queuedLeadFormat } from '../../packages/node-red/src/runtime/outbox/queuedLeadFormat';
export { entryId, openDiskDedupeStore, openDiskStore, openOutbox } from '../../packages/outbox/src/index';
