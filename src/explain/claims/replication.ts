import type { LogIndex, ServerId } from "../../base/units.ts";
import type { DecisionOf } from "../../raft/decisions.ts";
import { entryAt, knownHash, knownTerm, lastIndex } from "../../raft/log.ts";
import { unlimited } from "../../raft/options.ts";
import {
  all,
  claimsOf,
  counted,
  hasStored,
  heard,
  heardOf,
  holds,
  is,
  isMemberOf,
  ruled,
  sameUpTo,
  sending,
  sound,
  votersOf,
  when,
} from "./claim.ts";
import { senderIs } from "./elections.ts";
import { now, type Scene } from "./scene.ts";

/** Up to where a leader knows each server's log to be its own, by what it believed and by what has just come in. */
function matchNow({ before, after, input, machine, told, world }: Scene): (id: ServerId) => LogIndex {
  if (after.role === "leader") return (id) => after.progress[id]?.match ?? 0;
  const reply = input?.kind === "message" && input.message.type === "AppendEntriesReply" ? input.message : null;
  const taken = told.findLast(({ kind }) => kind === "matchAdvanced") as DecisionOf<"matchAdvanced"> | undefined;
  const own = input?.kind === "written" ? Math.max(0, ...(before.writes[0]?.own ?? []).map(({ index }) => index)) : 0;
  const news = (id: ServerId): LogIndex =>
    world.setup.bugs.length > 0 && taken?.follower === id
      ? taken.match
      : id === reply?.from && reply.success
        ? reply.matchIndex
        : id === machine.id
          ? own
          : 0;
  return (id) => Math.max(before.progress[id]?.match ?? 0, news(id));
}

type Copies = Pick<DecisionOf<"committed">, "on" | "counts" | "index" | "entryTerm" | "term">;
type Written = Pick<DecisionOf<"notCommittedHalf">, "writing">;
/** They have it on their disks; the leader may say of itself that it does not know that yet. */
function stored({ on, index, writing }: Pick<Copies, "on" | "index"> & Written, scene: Scene): string | null {
  const { machine, after } = scene;
  const own = on.includes(machine.id) ? hasStored(scene, machine.id, after.log, index) : null;
  return all(
    when(writing === true, () => holds(index >= after.unstableFrom, "it knows that its disk has it")),
    when(writing !== true && sound(scene), () => own),
    ...on.map((id) => (id === machine.id ? null : hasStored(scene, id, after.log, index))),
  );
}
/** Who has stored an entry, as the leader knows and as their disks have it. */
function copies(decision: Copies & Written, scene: Scene): string | null {
  const { on, counts, index, entryTerm, term } = decision;
  const { configuration, log } = scene.after;
  const match = matchNow(scene);
  const has = (id: ServerId): boolean => match(id) >= index;
  return all(
    is("its term", term, scene.before.term),
    is(`the term of entry ${index}`, entryTerm, knownTerm(log, index)),
    is("who has stored it", on, votersOf(configuration).filter(has)),
    counted(counts, configuration, has),
    stored(decision, scene),
  );
}
const majority = ({ counts }: Copies, otherwise: string): string | null =>
  holds(
    counts.every(({ voters, agree }) => 2 * agree.length > voters.length || voters.length === 0),
    otherwise,
  );

/** The request that is being answered or taken, and its own log as it was. */
const request = (scene: Scene) => heardOf(scene, "AppendEntries");
const placed = (
  { from, prevIndex }: { readonly from: ServerId; readonly prevIndex: LogIndex },
  scene: Scene,
): string | null =>
  all(is("who sent it", from, request(scene)?.from), is("prevLogIndex", prevIndex, request(scene)?.prevLogIndex));

/** The first entry of the request that contradicts the log; 0: none does. */
function conflictAt(scene: Scene): LogIndex {
  const { log } = scene.before;
  const conflict = request(scene)?.entries.find(({ index, term }) => {
    const own = knownTerm(log, index);
    return own !== null && own !== term;
  });
  return conflict?.index ?? 0;
}

const reply = (scene: Scene) => heardOf(scene, "AppendEntriesReply");

/** Whose log is known to be this leader's up to there: by the follower's word, given when it had stored it. */
function agrees(
  { follower, match, server }: Pick<DecisionOf<"matchAdvanced">, "follower" | "match" | "server">,
  scene: Scene,
): string | null {
  const { after, before, machine } = scene;
  const trusts =
    follower === server && !machine.options.candidateWritesFirst && knownTerm(after.log, match) !== after.term;
  return all(
    holds(match <= lastIndex(after.log), `its log ends at entry ${lastIndex(after.log)}`),
    when(!trusts && before.role === "leader", () => hasStored(scene, follower, after.log, match)),
  );
}

const wrongRoles: Readonly<Record<string, (scene: Scene) => boolean>> = {
  RequestVoteReply: ({ before }) => before.role !== "candidate",
  PreVoteReply: ({ before }) => before.role !== "preCandidate",
  AppendEntries: ({ before }) => before.role === "leader",
  AppendEntriesReply: ({ before }) => before.role !== "leader",
  Heartbeat: ({ before }) => before.role === "leader",
  HeartbeatReply: ({ before }) => before.role !== "leader",
  InstallSnapshot: ({ before }) => before.role === "leader",
  TimeoutNow: ({ before }) => before.role !== "follower",
  ReadIndexReply: ({ before }) => before.role !== "follower",
};

export const replicationClaims = claimsOf({
  entriesSent({ to, first, last, prevTerm, again }, scene) {
    const sent = sending(scene, "AppendEntries").filter(
      (message) => message.to === to && message.prevLogIndex === first - 1 && message.entries.length > 0,
    );
    const message = sent.find(({ entries }) => entries.length === last - first + 1);
    return all(
      holds(message !== undefined, `entries ${first} to ${last} are not sent to S${to}`),
      is(`the term of entry ${first - 1}`, prevTerm, message?.prevLogTerm),
      when(again, () => holds(scene.memory.hasSent(scene, to, last), `entry ${last} was not sent to S${to} before`)),
    );
  },
  heartbeatSent({ to }, scene) {
    const light = sending(scene, "Heartbeat").map((message) => message.to);
    const empty = sending(scene, "AppendEntries").flatMap((message) =>
      message.entries.length === 0 ? [message.to] : [],
    );
    const entries = sending(scene, "AppendEntries").flatMap((message) =>
      message.entries.length > 0 ? [message.to] : [],
    );
    const beats = new Set([...light, ...empty.filter((id) => !entries.includes(id))]);
    return is(
      "who is sent a heartbeat",
      to,
      [...beats].sort((a, b) => a - b),
    );
  },
  appendAccepted(decision, scene) {
    const { prevIndex, prevTerm, ownTerm, count } = decision;
    const message = request(scene);
    const { before, after } = scene;
    return all(
      placed(decision, scene),
      is("prevLogTerm", prevTerm, message?.prevLogTerm),
      is("how many entries came", count, message?.entries.length),
      is(`its own term at ${prevIndex}`, ownTerm, knownTerm(before.log, prevIndex)),
      when(ruled(decision), () =>
        all(
          holds(ownTerm === prevTerm, "the terms there differ"),
          ...(message?.entries ?? []).map(({ index, term }) =>
            is(`the term of its entry ${index}`, term, knownTerm(after.log, index)),
          ),
        ),
      ),
    );
  },
  appendRefusedMissing: (decision, scene) =>
    all(
      placed(decision, scene),
      is("where its log ends", decision.lastIndex, lastIndex(scene.before.log)),
      holds(decision.prevIndex > decision.lastIndex, "it has that entry"),
      refusal(scene),
    ),
  appendRefusedConflict: (decision, scene) =>
    all(
      placed(decision, scene),
      is("prevLogTerm", decision.prevTerm, request(scene)?.prevLogTerm),
      is("its own term there", decision.ownTerm, knownTerm(scene.before.log, decision.prevIndex)),
      when(ruled(decision), () => holds(decision.ownTerm !== decision.prevTerm, "the terms there are equal")),
      refusal(scene),
    ),
  appendRefusedOldLeader: ({ from, messageType, messageTerm, term }, scene) =>
    all(
      is("who sent it", from, heard(scene)?.from),
      is("what came", messageType, heard(scene)?.type),
      is("the term of the message", messageTerm, heard(scene)?.term),
      is("its term", term, scene.before.term),
      holds(messageTerm < term, "that term is not older"),
      refusal(scene),
    ),
  appendBelowCommit: (decision, scene) =>
    all(
      placed(decision, scene),
      is("its commit index", decision.commitIndex, scene.before.commitIndex),
      when(ruled(decision), () => holds(decision.prevIndex < decision.commitIndex, "it does not begin below that")),
      is("what it answers", [true, decision.commitIndex], answerOf(scene)),
    ),
  entriesDeleted(decision, scene) {
    const { first, last, ownTerm, leaderTerm, commitIndex } = decision;
    const { before, after } = scene;
    const theirs = request(scene)?.entries.find(({ index }) => index === first);
    return all(
      is("where its log ended", last, lastIndex(before.log)),
      is(`its own term at ${first}`, ownTerm, knownTerm(before.log, first)),
      is(`the leader's term at ${first}`, leaderTerm, theirs?.term),
      is("its commit index", commitIndex, before.commitIndex),
      when(ruled(decision), () =>
        all(
          is("the first entry that contradicts the leader's", first, conflictAt(scene)),
          is(`the term of its entry ${first} now`, leaderTerm, knownTerm(after.log, first)),
        ),
      ),
    );
  },
  nothingDeleted(decision, scene) {
    const { first, last, lastIndex: kept } = decision;
    const { before, after } = scene;
    const message = request(scene);
    const conflict = conflictAt(scene);
    const keeps = conflict > 0 ? conflict - 1 : lastIndex(before.log);
    return all(
      is("where the request begins", first, (message?.prevLogIndex ?? 0) + 1),
      is("up to where both go", last, Math.min(kept, (message?.prevLogIndex ?? 0) + (message?.entries.length ?? 0))),
      when(ruled(decision), () => is("up to where it keeps its log", kept, keeps)),
      holds(sameUpTo(before.log, after.log, kept), `its log is another one up to entry ${kept}`),
      holds(kept <= lastIndex(before.log), `it had no entry ${kept}`),
      when(ruled(decision), () =>
        all(
          ...(message?.entries ?? []).map((entry) =>
            when(entry.index <= last && entry.index > before.log.base, () =>
              holds(knownTerm(before.log, entry.index) === entry.term, `its entry ${entry.index} is another one`),
            ),
          ),
        ),
      ),
    );
  },
  nextBackedUp({ follower, from, to, match }, scene) {
    const { before, after } = scene;
    return all(
      is("who refused", follower, reply(scene)?.success === false ? reply(scene)?.from : 0),
      is("nextIndex before", from, before.progress[follower]?.next),
      holds(to <= from, `${to} is not lower than ${from}`),
      when(to === from, () => is("up to where its log is known", to - 1, before.progress[follower]?.match)),
      when(after.progress[follower]?.state === "probe", () => is("nextIndex", to, after.progress[follower]?.next)),
      when(match !== undefined, () =>
        all(
          is("what it had acknowledged", match, before.progress[follower]?.match),
          holds((reply(scene)?.prevLogIndex ?? 0) <= (match ?? 0), "it did not refuse what it had acknowledged"),
        ),
      ),
    );
  },
  matchAdvanced(decision, scene) {
    const { follower, match, server, last } = decision;
    const { before, input } = scene;
    const stored = input?.kind === "written" ? (before.writes[0]?.own ?? []).map(({ index }) => index) : [];
    const had = before.role === "leader" ? (before.progress[follower]?.match ?? 0) : 0;
    return all(
      when(follower !== server, () => is("who answered", follower, reply(scene)?.success ? reply(scene)?.from : 0)),
      holds(match > had, `that was known up to entry ${had}`),
      when(ruled(decision), () =>
        all(
          follower === server
            ? holds(stored.includes(match), `its disk has not just got entry ${match}`)
            : is("up to where that is known", match, reply(scene)?.matchIndex),
          last === undefined
            ? agrees(decision, scene)
            : all(is("where its log ends", last, lastIndex(scene.after.log)), holds(last < match, "it is not shorter")),
        ),
      ),
    );
  },
  followerHeard: ({ follower, silent, least }, scene) =>
    all(
      is("who answered", follower, heardOf(scene, "AppendEntriesReply", "HeartbeatReply")?.from),
      is("how long it was silent", silent, now(scene) - (scene.before.progress[follower]?.heardAt ?? 0)),
      is("the minimum election timeout", least, scene.machine.options.electionTimeoutMin),
      when(silent < least, () => is("whether it counted as active", false, scene.before.progress[follower]?.active)),
      when(scene.after.role === "leader", () =>
        is("whether it counts as active", true, scene.after.progress[follower]?.active),
      ),
    ),
  notSent({ to, first, last, reason, waitsFor }, scene) {
    const { after, machine } = scene;
    const progress = after.progress[to];
    if (progress === undefined) return `S${to} is none of its followers`;
    const { next, state, paused, outstanding, inflight, inflightBytes, pendingSnapshot } = progress;
    const sent = sending(scene, "AppendEntries").some(
      (message) => message.to === to && message.prevLogIndex + message.entries.length >= first,
    );
    const { maxInflightMessages, maxInflightBytes } = machine.options;
    return all(
      is("its role", "leader", after.role),
      is("where its log ends", last, lastIndex(after.log)),
      holds(!sent, `entry ${first} is sent now`),
      is(`the first that S${to} lacks`, first, reason === "answer" ? Math.max(next, outstanding + 1) : next),
      when(reason === "snapshot", () =>
        all(is("what it is sent", "snapshot", state), is("where that ends", waitsFor, pendingSnapshot)),
      ),
      when(reason === "window", () =>
        all(
          is("how it is sent entries", "replicate", state),
          is("up to where", waitsFor, next - 1),
          holds(inflight.length >= maxInflightMessages || inflightBytes >= maxInflightBytes, "the window has room"),
        ),
      ),
      when(reason === "answer", () =>
        all(
          is("how it is sent entries", "probe", state),
          holds(paused, "nothing waits for an answer"),
          is("up to where", waitsFor, outstanding),
        ),
      ),
    );
  },
  probeSent: ({ to, prevIndex }, scene) =>
    holds(
      sending(scene, "AppendEntries").some(
        (message) => message.to === to && message.entries.length === 0 && message.prevLogIndex === prevIndex,
      ),
      `no empty request after entry ${prevIndex} is sent to S${to}`,
    ),
  replicationBegun(decision, scene) {
    const { follower, match } = decision;
    const { before, after } = scene;
    return all(
      holds(before.progress[follower]?.state !== "replicate", "it does so already"),
      when(after.role === "leader", () => is("how it is sent entries", "replicate", after.progress[follower]?.state)),
      is("up to where that is known", match, matchNow(scene)(follower)),
      when(ruled(decision), () => agrees({ ...decision, server: decision.server }, scene)),
    );
  },
  staleAnswer(decision, scene) {
    const { follower, match, next, prevIndex, acknowledged } = decision;
    const answer = reply(scene);
    return all(
      is("who refused", follower, answer?.success === false ? answer.from : 0),
      is("prevLogIndex of the request", prevIndex, answer?.prevLogIndex),
      is("up to where its log is known", match, scene.before.progress[follower]?.match),
      is("nextIndex before", next, scene.before.progress[follower]?.next),
      is("nextIndex", next, scene.after.progress[follower]?.next),
      when(acknowledged === true, () => holds(prevIndex <= match, "it had not acknowledged that")),
      when(acknowledged === undefined && ruled(decision), () =>
        holds(prevIndex !== next - 1, "it answers the newest request"),
      ),
    );
  },
  committed(decision, scene) {
    const { index, from } = decision;
    const { before, after } = scene;
    return all(
      copies(decision, scene),
      holds(after.commitIndex >= index, `its commit index is ${after.commitIndex}`),
      holds(from > before.commitIndex && from <= index, `entry ${from} was committed before`),
      when(scene.told.filter(({ kind }) => kind === "committed").length === 1, () =>
        all(is("the first of them", from, before.commitIndex + 1), is("its commit index", index, after.commitIndex)),
      ),
      when(ruled(decision), () =>
        all(is("the entry's term", decision.entryTerm, decision.term), majority(decision, "that is no majority")),
      ),
    );
  },
  notCommittedOldTerm: (decision, scene) =>
    all(
      copies(decision, scene),
      holds(scene.after.commitIndex < decision.index, "it has committed it"),
      holds(decision.entryTerm !== decision.term, "it is of its own term"),
      when(ruled(decision), () => majority(decision, "that is no majority")),
    ),
  notCommittedHalf(decision, scene) {
    const { index, lacking, on, counts } = decision;
    const { after } = scene;
    const has = (id: ServerId): boolean => (after.progress[id]?.match ?? 0) >= index;
    const [next, old] = counts.map(({ voters, agree }) => 2 * agree.length > voters.length);
    return all(
      is("who has stored it", on, votersOf(after.configuration).filter(has)),
      counted(counts, after.configuration, has),
      holds(after.commitIndex < index, "it has committed it"),
      when(ruled(decision), () =>
        all(
          is("which half lacks a majority", lacking, next ? "old" : "new"),
          holds(next !== old, "both halves have a majority, or none"),
        ),
      ),
      stored(decision, scene),
    );
  },
  notApplied(decision, scene) {
    const { first, last, reason, leads } = decision;
    const { after, machine } = scene;
    const most = reason === "page" && machine.options.asyncDisk ? after.unstableFrom - 1 : unlimited;
    return all(
      is("whether it leads", leads, after.role === "leader"),
      when(ruled(decision), () =>
        is("up to where it could", last, Math.min(after.commitIndex, lastIndex(after.log), most)),
      ),
      is("the first of them", first, Math.max(after.applying + 1, reason === "disk" ? after.unstableFrom : 0)),
      when(reason === "snapshot", () => holds(after.incoming !== null, "it has no snapshot to store")),
      when(reason === "write", () => holds(after.writes.length > 0, "no write is under way")),
      when(reason === "page", () => holds(machine.options.maxApplyBytes < unlimited, "there are no pages")),
    );
  },
  followerCommitted(decision, scene) {
    const { index, leaderCommit, lastNew } = decision;
    const { before, after, memory, machine } = scene;
    const append = request(scene);
    const beat = heardOf(scene, "Heartbeat");
    return all(
      holds(index > before.commitIndex, "that is no news"),
      is("its commit index", index, after.commitIndex),
      is("the leader's commit index, as it says", leaderCommit, append?.leaderCommit ?? beat?.commit),
      is("the last entry verified", lastNew, append === null ? null : append.prevLogIndex + append.entries.length),
      when(ruled(decision) && sound(scene), () =>
        all(
          holds(index <= lastIndex(after.log), `its log ends at entry ${lastIndex(after.log)}`),
          is(
            `entry ${index}, as it was committed`,
            memory.committed(machine.group, index),
            knownHash(after.log, index),
          ),
        ),
      ),
    );
  },
  messageIgnored(decision, scene) {
    const { from, messageType, messageTerm, term, reason } = decision;
    const { before } = scene;
    const message = heard(scene);
    return all(
      is("whose message it was", from, message?.from),
      senderIs(from, scene),
      is("what came", messageType, message?.type),
      is("the term of the message", messageTerm, message?.term),
      is("its term", term, scene.after.term),
      when(reason === "old term" && ruled(decision), () => holds(messageTerm < term, "that term is not older")),
      when(reason === "not a member", () => holds(!isMemberOf(before.configuration, from), `S${from} is a member`)),
      when(reason === "role" && !scene.told.some(({ kind }) => kind === "termAdopted"), () =>
        holds(wrongRoles[messageType]?.(scene) ?? false, `it is a ${before.role}`),
      ),
    );
  },
  peerUnreachable: ({ peer }, { input, after }) =>
    all(
      is("who cannot be reached", peer, input?.kind === "unreachable" ? input.peer : 0),
      is("how it is sent entries", "probe", after.progress[peer]?.state),
    ),
  applied(decision, scene) {
    const { index, commitIndex } = decision;
    const { before, after, input } = scene;
    const last = input?.kind === "applied" ? input.entries.at(-1)?.index : before.writes[0]?.snapshotIndex;
    return all(
      is("the last entry that was applied", index, last),
      is("lastApplied", index, after.lastApplied),
      holds(index > before.lastApplied, "it had applied that before"),
      is("its commit index", commitIndex, before.commitIndex),
      when(ruled(decision), () => holds(index <= commitIndex, "that is not committed")),
    );
  },
  noOpAppended({ index, term }, { before, after }) {
    const entry = index > after.log.base && index <= lastIndex(after.log) ? entryAt(after.log, index) : null;
    return all(
      holds(before.role !== "leader", "it led before"),
      is("its term", term, after.term),
      is("the first entry of its term", index, lastIndex(before.log) + 1),
      is("what the entry says", [null, null, term], [entry?.command, entry?.change, entry?.term]),
    );
  },
});

/** What a follower answers to a request: success, and up to where. */
const answerOf = (scene: Scene) => {
  const answer = sending(scene, "AppendEntriesReply").at(-1);
  return answer && [answer.success, answer.matchIndex];
};
const refusal = (scene: Scene): string | null => is("whether it accepts", false, answerOf(scene)?.[0]);
