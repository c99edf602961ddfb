/**
 * Just enough of HTTP/1.1 for an API that does not limit its clients: POSTs that say their length, over connections that
 * stay open. Node's own server takes several times as long for each.
 */
import { createServer } from 'node:net';

const headEnd = Buffer.from('\r\n\r\n');

/** The first request in a buffer as `{ head, body, length }`; undefined as long as it is not all there. */
const firstRequest = (buffer) => {
	const end = buffer.indexOf(headEnd);
	if (end === -1) return undefined;
	const head = buffer.latin1Slice(0, end);
	const bodyFrom = end + headEnd.length;
	const length = bodyFrom + Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? 0);
	return buffer.length < length ? undefined : { head, body: buffer.subarray(bodyFrom, length), length };
};

/** Answers each request with what `answer` gives: the bytes of a whole answer, or a promise of them. Resolves with the port. */
export const serve = (answer) =>
	new Promise((resolve) => {
		const server = createServer({ noDelay: true }, (socket) => {
			let rest = Buffer.alloc(0);
			const reply = (bytes, isLast) => {
				if (socket.destroyed) return;
				if (isLast) socket.end(bytes, 'latin1');
				else socket.write(bytes, 'latin1');
			};
			socket.on('error', () => socket.destroy());
			socket.on('data', (chunk) => {
				rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
				for (let request = firstRequest(rest); request !== undefined; request = firstRequest(rest)) {
					const { head, body, length } = request;
					rest = rest.subarray(length);
					const isLast = /\r\nconnection: *close/i.test(head);
					const bytes = answer(body);
					if (typeof bytes === 'string') reply(bytes, isLast);
					else void bytes.then((late) => reply(late, isLast));
				}
			});
		});
		server.listen(0, '127.0.0.1', 4096, () => resolve(server.address().port));
	});
