/** How much the outbox keeps unless the account says otherwise; for the runtime and the dialog. */
export const defaultOutbox = { outboxMax: 100_000, keepDays: 30 } as const;
