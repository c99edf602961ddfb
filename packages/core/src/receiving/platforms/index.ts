import type { Platform, PlatformName } from '../platform';
import { any, snapchat } from './any';
import { calcom } from './calcom';
import { calendly } from './calendly';
import { googleAds } from './googleAds';
import { linkedin } from './linkedin';
import { meta, whatsapp } from './meta';
import { standard } from './standard';
import { tally } from './tally';
import { tiktok } from './tiktok';
import { typeform } from './typeform';
import { webflow } from './webflow';

/** Every platform whose calls can be received, by name. `docs/receive.md` has the table of it. */
export const platforms: Readonly<Record<PlatformName, Platform>> = {
	any,
	meta,
	whatsapp,
	linkedin,
	googleAds,
	tiktok,
	snapchat,
	typeform,
	tally,
	calendly,
	calcom,
	webflow,
	standard,
};
