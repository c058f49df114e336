/** The words of conditions, each with what it means. */

/** After a server's name: what it is. */
export const stateWords = {
  leads: "it takes itself for the leader",
  follows: "it is a follower",
  campaigns: "it asks for votes",
  asks: "it asks for pre-votes",
  up: "its process runs",
  down: "it has crashed",
  paused: "its process stands still",
  writes: "a write to its disk is under way",
  joint: "its configuration is a joint one",
  voted: "it has given its vote of this term; “for S1” may follow",
} as const;
/** Between two servers' names: what one is to the other. */
export const pairWords = {
  reaches: "the link from it to the server that follows is up",
  obeys: "it takes the server that follows for its term’s leader",
} as const;
/** After a server's name: what it does in the step that led to the moment. */
export const eventWords = {
  votes: "it votes, for itself too; “for S1” may follow",
  refuses: "it refuses a vote; “for S1” may follow",
  wins: "it wins an election",
  commits: "its commit index rises",
  deletes: "it deletes entries that conflict with its leader’s",
  keeps: "it is sent entries that it has, and keeps them",
  accepts: "it accepts entries that a leader sends",
  rejects: "it refuses entries, or a heartbeat, that a leader sends",
  installs: "it installs a snapshot",
  crashes: "it goes down",
  restarts: "it comes back",
} as const;
/** After a server's name or alone; a comparison follows. Term, vote and log of a server that is down are those on its disk. */
export const numberWords = {
  term: "the term; of all servers the highest",
  commit: "the commit index; of all running servers the highest",
  applied: "the last entry applied; of all running servers the highest",
  log: "the last index of the log; of all servers the highest",
  tally: "the votes that a candidate has counted, its own included; of all the highest",
  voters: "how many voters its configuration has, of a joint one its new half; of all servers the highest",
  sending: "how many of its messages are under way; without a server, of all",
} as const;
/** After a server's name or alone; an index, and a comparison follow. */
export const indexWords = { entry: "the term of the entry at the index that follows; 0: it has none" } as const;
/** Alone. */
export const plainWords = {
  leader: "somebody leads",
  candidate: "somebody asks for votes",
  violation: "a property broke",
  alike: "the logs of all servers are the same",
} as const;
/** Alone, with a comparison. */
export const countWords = {
  leaders: "how many servers lead",
  running: "how many servers run",
  answered: "how many of the clients’ operations have got an answer",
  unanswered: "how many of the clients’ operations wait for an answer",
  failed: "how many of the clients’ operations were certainly not carried out, as the clients know",
} as const;
export const joiningWords = { and: "both", or: "one or both", not: "the opposite" } as const;
export const noValue = "none";

export type StateWord = keyof typeof stateWords;
export type PairWord = keyof typeof pairWords;
export type EventWord = keyof typeof eventWords;
export type NumberWord = keyof typeof numberWords | keyof typeof countWords;

export const isIn = <Word extends string>(words: Readonly<Record<Word, string>>, word: string): word is Word =>
  Object.hasOwn(words, word);
