export { default as account } from './account';
export { default as createLead } from './createLead';
