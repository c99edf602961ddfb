/** So many leads come at once where nobody says how many: one screen of them, and what is scrolled to next. */
export const pageSize = 50;

/** More never come at once, so that no answer grows to megabytes; a list that is longer is not asked for anew by itself. */
export const maxPageSize = 200;

/** Characters of what is looked for: a name, a phone, an address or a part of a message. */
export const maxSearchText = 200;

/** Characters of the place to go on from, which is an id. */
export const maxPlace = 1000;
