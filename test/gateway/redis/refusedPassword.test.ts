import { lookAt } from '../../../packages/gateway/src/stores/redis/connection';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';

const refused = '-WRONGPASS invalid username-password pair or user is disabled.\r\n';
const answers = { auth: refused, ping: '+PONG\r\n' };

/** A Redis that answers AUTH as `auth` and PING as `ping`, each to as many commands as came in one piece. */
const listen = async ({ auth, ping }: typeof answers): Promise<Server> => {
	const server = createServer((socket) => {
		socket.on('error', () => undefined);
		socket.on('data', (data) => {
			for (const [name] of data
				.toString()
				.toLowerCase()
				.matchAll(/auth|ping|client/g))
				socket.write(name === 'auth' ? auth : name === 'ping' ? ping : '+OK\r\n');
		});
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return server;
};
const urlOf = (server: Server): string => `redis://:x@127.0.0.1:${(server.address() as AddressInfo).port}`;

test('a password that is refused is told as such however late the look begins', async () => {
	const server = await listen(answers);
	await expect(
		lookAt(urlOf(server), async (commands) => {
			// As on a busy machine: the refusal is here before anything is asked.
			while (commands.status === 'ready') await once(commands, 'close');
			return await commands.echo('x');
		}),
	).rejects.toMatchObject({ code: 'REDIS', cause: { code: 'WRONGPASS' } });
	server.close();
});

test.each([
	['loads its data', '-LOADING Redis is loading the dataset in memory\r\n'],
	['lets nobody ping', "-NOPERM User default has no permissions to run the 'ping' command\r\n"],
	['wants a password', '-NOAUTH Authentication required.\r\n'],
])('a Redis that %s is looked at all the same', async (_name, ping) => {
	const server = await listen({ auth: '+OK\r\n', ping });
	expect(await lookAt(urlOf(server), async () => await Promise.resolve('looked'))).toBe('looked');
	server.close();
});
