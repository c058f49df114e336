/** Of the JSON file and of the link's tuples. A reader refuses newer ones. */
export const formatVersion = 1;
/** Raised whenever the same recording may end in another state than before. */
export const engineVersion = 1;
