/** What a recording from outside may contain. Beyond any of these it is refused, with the limit in the message. */
export const limits = {
  /** Characters of a file. */
  fileText: 1_000_000,
  /** Characters of a URL's fragment, and bytes that it may inflate to. */
  fragment: 8192,
  inflated: 256 * 1024,
  depth: 8,
  nodes: 50_000,
  servers: 9,
  groups: 4,
  log: 2000,
  actions: 2000,
  bookmarks: 200,
  branches: 100,
  /** Characters of a key or a value, of a title or label, of the notes. */
  word: 64,
  line: 200,
  notes: 4000,
  /** The highest number of a nemesis, and the least time, in milliseconds, between two of its strikes. */
  nemesis: 99,
  nemesisMs: 10,
  /** Milliseconds: six hours, a minute. */
  runMs: 6 * 3_600_000,
  delayMs: 60_000,
  /** Milliseconds that a clock may be off, or jump; parts per million by which it may be slow, or fast. */
  clockMs: 3_600_000,
  clockSlow: 900_000,
  clockFast: 1_000_000,
  /** Bytes per second of a link. */
  bandwidth: 1_000_000_000,
  clients: 9,
  /** Requests per second of the clients' load, and the keys that it uses. */
  load: 20_000,
  keys: 9,
  increment: 1_000_000,
  /** Sessions that the state machine keeps. */
  sessions: 100,
  /** The n-th message of a link. */
  ordinal: 10_000_000,
  term: 1_000_000,
} as const;
