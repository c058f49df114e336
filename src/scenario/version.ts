/** Of the JSON file and of the link's tuples. A reader refuses newer ones; older ones: `upgrades.ts`. */
export const formatVersion = 3;
/**
 * Raised whenever the same recording may end in another state than before, or the same state has another hash.
 * 2: groups, clocks and clients are part of the state; recordings of version 1 run as they did.
 * 3: a refusal of what a follower had acknowledged lowers nextIndex, but in the profile etcd.
 * 4: a leader whose check-quorum counts from each answer (`perPeer`) is not disturbed after its first election timeout either.
 * 5: a copy of a command that a follower passes on counts as an attempt: its refusal is no proof that nothing was done.
 */
export const engineVersion = 5;
