import { createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

/** A mail as it was handed over: its headers and its text, decoded. */
export interface Mail {
	readonly subject: string;
	readonly text: string;
}

const decoded = (text: string, encoding: string): string => {
	if (/base64/i.test(encoding)) return Buffer.from(text, 'base64').toString('utf8');
	if (!/quoted-printable/i.test(encoding)) return text;
	const bytes = text
		.replace(/=\r?\n/g, '')
		.replace(/=([\dA-F]{2})/gi, (_whole, hex: string) => String.fromCharCode(parseInt(hex, 16)));
	return Buffer.from(bytes, 'latin1').toString('utf8');
};

/** Words of a header that are not ASCII, as mails write them. */
const headerWords = (header: string): string =>
	header
		.replace(/\r?\n\s+/g, ' ')
		.replace(/\?=\s+=\?/g, '?==?')
		.replace(/=\?utf-8\?(b|q)\?([^?]*)\?=/gi, (_whole, kind: string, text: string) =>
			decoded(
				kind.toLowerCase() === 'q' ? text.replaceAll('_', ' ') : text,
				kind.toLowerCase() === 'q' ? 'quoted-printable' : 'base64',
			),
		);

const mailOf = (raw: string): Mail => {
	const [head = '', ...rest] = raw.split('\r\n\r\n');
	const header = (name: string): string => new RegExp(`^${name}: ((?:.|\\r\\n[ \\t])*)`, 'im').exec(head)?.[1] ?? '';
	return {
		subject: headerWords(header('Subject')),
		text: decoded(rest.join('\r\n\r\n'), header('Content-Transfer-Encoding')),
	};
};

/** Takes mails on this machine, without encryption and for anybody. */
export const startMailServer = async (): Promise<{
	readonly port: number;
	readonly mails: readonly Mail[];
	/** So many mails are not taken. */
	refuse: number;
	readonly close: () => void;
}> => {
	const mails: Mail[] = [];
	const handle = (socket: Socket): void => {
		let [pending, isData] = ['', false];
		const say = (line: string): void => void socket.write(`${line}\r\n`);
		const command = (line: string): void => {
			const verb = line.slice(0, 4).toUpperCase();
			if (verb === 'EHLO' || verb === 'HELO') say('250 mail.test');
			else if (verb === 'MAIL' && server.refuse > 0) {
				server.refuse--;
				say('451 try again later');
			} else if (verb === 'DATA') {
				isData = true;
				say('354 go on');
			} else if (verb === 'QUIT') {
				say('221 bye');
				socket.end();
			} else say('250 ok');
		};
		socket.on('error', () => undefined);
		socket.on('data', (data) => {
			pending += data.toString('utf8');
			for (;;) {
				const end = pending.indexOf(isData ? '\r\n.\r\n' : '\r\n');
				if (end === -1) return;
				const taken = pending.slice(0, end);
				pending = pending.slice(end + (isData ? 5 : 2));
				if (!isData) command(taken);
				else {
					isData = false;
					mails.push(mailOf(taken.replace(/^\.\./gm, '.')));
					say('250 taken');
				}
			}
		});
		say('220 mail.test');
	};
	const listener = createServer(handle);
	await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
	const server = {
		port: (listener.address() as AddressInfo).port,
		mails,
		refuse: 0,
		close: () => void listener.close(),
	};
	return server;
};
