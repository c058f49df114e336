/** The core of the paper, for who has little time: lessons by their ids, in their order, and how long they take together. */
export const shortPath: readonly string[] = [
  "electing",
  "split-votes",
  "replicating",
  "partitions",
  "who-may-lead",
  "figure-8",
];
export const shortMinutes = 40;
