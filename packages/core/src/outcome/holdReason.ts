/** What holds back leads that a gateway or an outbox keeps. `answers`: the API was reached and did not answer. */
export const holdReasons = ['key', 'organization', 'limit', 'network', 'answers', 'disk'] as const;
export type HoldReason = (typeof holdReasons)[number];
