/** No form asks more. What comes after is kept by its name, so that a payload of a hundred thousand keys holds nobody up. */
export const mostRead = 2000;
