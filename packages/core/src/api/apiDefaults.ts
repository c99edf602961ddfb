/** An answer of the API is a few kilobytes; of one that goes on and on, no more than this is read. */
export const mostAnswerBytes = 1024 * 1024;

export const defaultBaseUrl = 'https://api.icloud-ready.com/api/v2';

/** Meta's Graph API. A version is in its address; one that Meta has retired is to be changed there. */
export const defaultGraphUrl = 'https://graph.facebook.com/v23.0';
