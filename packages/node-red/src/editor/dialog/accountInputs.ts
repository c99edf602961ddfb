/** A field of the account's dialog. */
export const input = (property: string): JQuery => $(`#node-config-input-${property}`);
export const textOf = (property: string): string => String(input(property).val() ?? '').trim();
export const isTicked = (property: string): boolean => input(property).prop('checked') === true;
/** The chosen config node's id; empty where none is. */
export const configOf = (property: string): string => (textOf(property) === '_ADD_' ? '' : textOf(property));
