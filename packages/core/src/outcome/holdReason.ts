/** What holds back leads that a gateway or an outbox keeps. `answers`: the API was reached and did not answer. */
export const holds = ['key', 'organization', 'limit', 'network', 'answers', 'disk'] as const;
export type HeldBy = (typeof holds)[number];
