/** How much is held, so that a sandbox that runs for weeks does not fill the machine's memory. */

/** Calls that the page can show. */
export const keptCalls = 10_000;
export const keptCallCharacters = 64 * 1024 * 1024;

/** Leads that `/leads.json` can give; counting goes on beyond. */
export const keptLeads = 100_000;
export const keptLeadCharacters = 256 * 1024 * 1024;

export const maxBodyBytes = 1024 * 1024;

/** How far a page may lag behind before it is sent away to load again. */
export const maxUnsentEventBytes = 4 * 1024 * 1024;
