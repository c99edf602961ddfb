import type { Source } from '../answer';
import { anyForm } from './anyForm';
import { calendly } from './calendly';
import { elementor } from './elementor';
import { facebookLeadAds } from './facebook';
import { googleForms, googleSheets } from './google';
import { googleAds } from './googleAds';
import { gravityForms } from './gravity';
import { jotform } from './jotform';
import { linkedin } from './linkedin';
import { n8nForm } from './n8nForm';
import { snapchat } from './snapchat';
import { tally } from './tally';
import { tiktok } from './tiktok';
import { typeform } from './typeform';
import { webflow } from './webflow';
import { whatsapp } from './whatsapp';
import { conversation } from './conversation';
import { contactForm7, wpForms } from './wordpress';

/** Those that know a payload by itself, wherever it stands. */
export const knownSources: readonly Source[] = [
	facebookLeadAds,
	googleAds,
	tiktok,
	snapchat,
	linkedin,
	whatsapp,
	calendly,
	typeform,
	jotform,
	tally,
	googleForms,
	elementor,
	wpForms,
	gravityForms,
	webflow,
	contactForm7,
	n8nForm,
	googleSheets,
];

/** In order; the first that knows the payload reads it, and the last one takes every form. */
export const sources: readonly Source[] = [...knownSources, conversation, anyForm];
