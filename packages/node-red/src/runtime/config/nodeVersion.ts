/** The oldest Node.js that the packages are for, as in their `engines`. */
const [oldestMajor, oldestMinor] = [20, 19];

/** Whether a version such as `20.19.4` is one that the nodes run on. */
export const isNodeNewEnough = (version: string): boolean => {
	const [major = 0, minor = 0] = version.split('.').map(Number);
	return major > oldestMajor || (major === oldestMajor && minor >= oldestMinor);
};
