/** A typed array that was made larger, with what stood in the one before. */
export const larger = <Column extends { set: (from: never) => void }>(made: Column, from: Column): Column => {
	made.set(from as never);
	return made;
};
