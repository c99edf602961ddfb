/** The tab in the sidebar, which each of the two nodes can show. */
export const outboxTabId = 'icloud-ready-outbox';
/** Asks the tab to show an account, by its id. */
export const showOutboxEvent = 'icloud-ready:show-outbox';
