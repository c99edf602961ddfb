/**
 * Jest loads itself and what a test needs anew for each file, and of all `AsyncLocalStorage`s that were ever used Node asks
 * each at every promise: after ninety files an `await` took seventy times as long. So those of a file end with it.
 */
const { AsyncLocalStorage } = require('node:async_hooks');

const used = new Set();
for (const name of ['run', 'enterWith']) {
	const own = AsyncLocalStorage.prototype[name];
	AsyncLocalStorage.prototype[name] = function (...given) {
		used.add(this);
		return own.apply(this, given);
	};
}

/** Ends those that were used since the last call. */
exports.endAsyncStorages = () => {
	for (const each of used) each.disable();
	used.clear();
};
