export { html } from './html';
export { mark } from './mark';
export { pageFiles } from './pageFiles';
export { securityHeaders } from './securityHeaders';
