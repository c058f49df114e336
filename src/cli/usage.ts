/** The user asked for something that cannot be: its message is all that she needs to see. */
export class Usage extends Error {}
