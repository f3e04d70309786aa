/** A failure whose message says all a person needs: it is printed without a stack. */
export class BuildError extends Error {}
