/** Preloaded into a tool that looks things up in the internet: each of its requests goes to our own server instead. */
const http = require('node:http');
const https = require('node:https');

const port = Number(process.env.ANSWERS_PORT);
const request = http.request.bind(http);

const ours = (...given) => {
	const callback = given.find((each) => typeof each === 'function');
	const [first, second] = given;
	const target =
		typeof first === 'string' || first instanceof URL
			? { ...new URL(first), path: new URL(first).pathname, ...second }
			: first;
	return request(
		{
			host: '127.0.0.1',
			port,
			path: target.path,
			method: target.method ?? 'GET',
			headers: { accept: 'application/json' },
		},
		callback,
	);
};

for (const protocol of [http, https]) {
	protocol.request = ours;
	protocol.get = (...given) => {
		const sent = ours(...given);
		sent.end();
		return sent;
	};
}
