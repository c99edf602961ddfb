/** Keeps what was told for a gateway, or for all gateways that share a Redis. Neither rejects. */
export interface AlertMemory {
	/** `elsewhere`: another gateway tells; `unknown`: nobody can say what was told, so this gateway goes by what it knows. */
	readonly take: () => Promise<
		{ readonly kind: 'mine'; readonly text: string | null } | { readonly kind: 'elsewhere' | 'unknown' }
	>;
	readonly keep: (text: string) => Promise<void>;
}
