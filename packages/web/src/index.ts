export { html } from './html';
export { mark } from './mark';
export { pageLanguage, type PageLanguage } from './pageLanguage';
export { pageFiles } from './pageFiles';
export { securityHeaders } from './securityHeaders';
