export { default as account } from './account/account';
export { default as createLead } from './create-lead/createLead';
export { default as leadForm } from './lead-form/leadForm';
export { default as alerts } from './alerts/alerts';
