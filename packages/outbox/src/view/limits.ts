/** So many leads come at once where nobody says how many: one screen of them, and what is scrolled to next. */
export const pageSize = 50;

/** More never come at once, so that no answer grows to megabytes; a list that is longer is not asked for anew by itself. */
export const maxPageSize = 200;

/** Characters of what is looked for: a name, a phone, an address or a part of a message. */
export const maxSearchText = 200;

/** Characters of the place to go on from, which is an id. */
export const maxPlace = 1000;

/** Characters of an organization or a source to filter by. */
export const maxFilterText = 200;

/** So many leads come at once where only their ids are asked for, to act on all of them. */
export const selectionPageSize = 2000;

/** So many leads are acted on in one request: done within a second, so that progress shows and a crash costs little. */
export const bulkPartSize = 200;
