import { genuineCall } from '../../../packages/sandbox/src/senders/genuineCall';
import { submissions } from '../../../packages/sandbox/src/senders/submissions';

/** What Google sends when somebody fills in the form of an ad. */
export const sendAsGoogle = async (address: string, key: string): Promise<number> => {
	const payload = submissions.googleAds({ firstName: 'Mona', lastName: 'Ali', phone: '+201001234567' }, 'lead-1');
	const { headers, body } = genuineCall('googleAds', { payload, secret: key, nowMs: Date.now(), id: 'lead-1' });
	return (await fetch(address, { method: 'POST', headers, body })).status;
};
