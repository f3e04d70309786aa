/** The version in package.json, which a page cannot read; test/house sees that it is the same. */
export const packageVersion = '0.1.0';
