/**
 * What a wrong answer stands for: `catalogue` of the user study and the students' guides, most frequent first. A lecturer
 * sees how many of a class hold which.
 */
export const misconceptions = {
  "steps-down-when-stored": "A leader steps down as soon as it has stored the new configuration.",
  "majority-is-committed": "What is stored on a majority is committed, whatever its term.",
  "deposed-can-nothing": "A deposed leader can do nothing any more, or else Raft is unsafe.",
  "leader-resends": "What a crash forgets does no harm, for the leader sends it again.",
  "any-log-possible": "A shared entry says nothing about what stands before it.",
  "timing-is-safety": "Wrong timeouts make Raft unsafe.",
  "next-is-safety": "A wrong nextIndex makes Raft unsafe.",
  "heartbeats-are-special": "Heartbeats are special messages that are not checked.",
  "always-truncates": "A follower always deletes what follows the leader's previous entry.",
  "any-message-resets": "Every message restarts the election timer.",
  "longer-is-newer": "The longer log is the newer one.",
  "request-before-term": "A request is handled before its higher term is adopted.",
  "old-replies-count": "An old answer can be used as it is.",
  "majority-of-the-living": "A majority of the servers that run is enough.",
  "never-two-leaders": "Two leaders never exist at one moment.",
  "stored-is-applied": "A server applies an entry when it stores it, and all servers do so at once.",
  "unanswered-is-lost": "A request without an answer is lost, or can be repeated without harm.",
  "leader-knows": "The leader may answer reads from its own state.",
  "pre-vote-cures-all": "Pre-vote ends every disturbance.",
  "timeouts-are-fixed": "Election timeouts are fixed, or the lower number wins.",
  "waits-for-all": "A candidate waits for all votes.",
  "stored-stays": "What a leader has stored stays for ever.",
  "logs-merge": "Logs that differ are merged.",
  "late-is-refused": "A message that comes late is refused.",
  "first-gets-the-vote": "A server votes for whoever asks first.",
  "election-denies-old": "An election puts all entries of earlier terms in doubt.",
  "restart-waits": "A server that restarts takes no part before a leader has told it what it missed.",
  "log-is-kept": "A leader keeps its whole log for ever.",
  "gone-is-lost": "What no log has any more is lost.",
  "half-is-enough": "Half of the votes is enough.",
  "timing-is-free": "Timing plays no part: a slow network only makes everything slower.",
  "one-vote-suffices": "One vote of another server is enough.",
  "index-names-command": "An index names one command for ever.",
  "snapshot-wipes": "A snapshot that comes always replaces the whole log.",
  "one-at-a-time-suffices": "Changing one member at a time is safe without a further condition.",
  "vote-may-be-forgotten": "A candidate that becomes a follower in the same term may forget its vote.",
} as const;

export type Misconception = keyof typeof misconceptions;
