/** Values that are copied for each lead of a list; whoever puts more beside the list has it shared by all of them. */
const mostCopied = 500;
const mostCopiedBytes = 16_384;

/** How many values there are inside, up to a little more than `most`. */
const sizeOf = (value: unknown, most: number): number => {
	if (typeof value !== 'object' || value === null) return 1;
	if (ArrayBuffer.isView(value)) return value.byteLength > mostCopiedBytes ? most + 1 : 1;
	let size = 1;
	const members: Iterable<unknown> = value instanceof Map || value instanceof Set ? value : Object.values(value);
	for (const member of members) {
		size += sizeOf(member, most - size);
		if (size > most) break;
	}
	return size;
};

/**
 * Makes a message of its own for each lead of a list: what stands beside the list is copied where it is small. The request
 * and the response of HTTP nodes, and what is large, are shared, so that a list of N leads costs N.
 */
export const messagesLike = <Message extends object>(
	rest: Message,
	clone: (message: Message) => Message,
): (() => Message) => {
	const isShared = ([name, value]: readonly [string, unknown]): boolean =>
		name === 'req' || name === 'res' || sizeOf(value, mostCopied) > mostCopied;
	const properties = Object.entries(rest);
	const shared = Object.fromEntries(properties.filter(isShared));
	const copied = Object.fromEntries(properties.filter((property) => !isShared(property))) as Message;
	return () => ({ ...clone(copied), ...shared });
};
