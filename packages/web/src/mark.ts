import { html } from './html';

/** The sign beside the name of a page. */
export const mark = html`<svg class="mark" viewBox="0 0 32 32" aria-hidden="true"><rect width="32" height="32" rx="9" /><path d="M10.6 21.5a4.1 4.1 0 0 1-.5-8.2 6.1 6.1 0 0 1 11.7 1.2 3.6 3.6 0 0 1 .3 7" /><path d="m12.6 19.6 2.7 2.7 4.9-5.2" /></svg>`;
