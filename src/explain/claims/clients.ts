import { membershipChange } from "../../raft/configuration.ts";
import { entryAt, knownTerm, lastIndex } from "../../raft/log.ts";
import { payloadOfAll } from "../../raft/pages.ts";
import { agreed, all, claimsOf, counted, heardOf, holds, is, isMemberOf, ruled, sending, when } from "./claim.ts";
import type { Scene } from "./scene.ts";

/** Which reads were asked, or waited to be taken up. */
function askedFor(context: string, { input, before }: Scene): string | null {
  const asked =
    input?.kind === "readIndex"
      ? input.context
      : input?.kind === "message" && "context" in input.message
        ? input.message.context
        : null;
  const waited = [...before.reads.early, ...before.reads.unconfirmed].some((read) => read.context === context);
  return holds(asked === context || waited, `nobody has asked for read ${context}`);
}
const ownCommit = ({ after: { log, commitIndex, term } }: Scene): boolean => knownTerm(log, commitIndex) === term;
const leads = ({ before, after }: Scene): string | null =>
  holds(before.role === "leader" || after.role === "leader", "it does not lead");

export const clientClaims = claimsOf({
  proposalAppended(decision, scene) {
    const { index, last, term, counts } = decision;
    const { before, after } = scene;
    const terms = [];
    for (let at = Math.max(index, after.log.base + 1); at <= Math.min(last, lastIndex(after.log)); at++)
      terms.push(entryAt(after.log, at).term);
    return all(
      is("the first of them", index, lastIndex(before.log) + 1),
      is("the last of them", last, lastIndex(after.log)),
      is("its term", term, before.term),
      ...terms.map((each) => is("the term of an entry", term, each)),
      counted(counts, after.configuration, () => false),
    );
  },
  proposalRefused: ({ leader, change }, scene) =>
    all(
      holds(scene.after.role !== "leader", "it is the leader"),
      is("its leader", leader, scene.after.leader),
      is(
        "whether that was a change",
        change === true,
        proposed(scene).some((each) => each.change !== null),
      ),
    ),
  proposalForwarded: ({ to, change }, scene) =>
    all(
      is("its leader", to, scene.before.leader),
      is("whom it asks", to, sending(scene, "Propose").at(-1)?.to),
      is(
        "whether that was a change",
        change === true,
        proposed(scene).some((each) => each.change !== null),
      ),
    ),
  proposalDropped({ reason, transferee, change }, scene) {
    const { before, after, machine } = scene;
    const proposals = proposed(scene);
    return all(
      is("whom it hands leadership to", transferee, before.transferee),
      is("where its log ends", lastIndex(before.log), lastIndex(after.log)),
      is(
        "whether that was a change",
        change === true,
        proposals.some((each) => each.change !== null),
      ),
      when(reason === "transfer", () => holds(transferee !== 0, "it hands leadership to nobody")),
      when(reason === "not a member", () => holds(!isMemberOf(before.configuration, machine.id), "it is a member")),
      when(reason === "size", () =>
        holds(
          before.uncommittedBytes > 0 &&
            before.uncommittedBytes + payloadOfAll(proposals) > machine.options.maxUncommittedBytes,
          "there is room for it",
        ),
      ),
    );
  },
  readTaken(decision, scene) {
    const { context, index, round } = decision;
    const { after } = scene;
    const { confirmed, unconfirmed } = after.reads;
    const places = unconfirmed.flatMap((read, at) =>
      read.context === context && read.index === index ? [confirmed + at + 1] : [],
    );
    const rounds = sending(scene, "Heartbeat").map((message) => message.round);
    return all(
      askedFor(context, scene),
      is("its commit index", index, after.commitIndex),
      holds(places.includes(round), `its round is ${places.join(" or ")}`),
      holds(rounds.length === 0 || rounds.some((each) => each >= round), "no such heartbeat is sent"),
      when(ruled(decision), () => holds(ownCommit(scene), "no entry of its own term is committed")),
    );
  },
  readWaitsForCommit: ({ context }, scene) =>
    all(
      askedFor(context, scene),
      leads(scene),
      holds(!ownCommit(scene), "an entry of its own term is committed"),
      holds(
        scene.after.reads.early.some((read) => read.context === context),
        "it does not wait",
      ),
    ),
  readForwarded: ({ context, to }, scene) =>
    all(
      is("its leader", to, scene.before.leader),
      is(
        "what it asks of whom",
        [context, to],
        [sending(scene, "ReadIndex").at(-1)?.context, sending(scene, "ReadIndex").at(-1)?.to],
      ),
    ),
  readDropped: ({ context }, scene) =>
    all(
      askedFor(context, scene),
      holds(scene.before.role !== "follower" || scene.before.leader === 0, "it follows a leader"),
      is("what it asks", 0, sending(scene, "ReadIndex").length),
    ),
  readConfirmed(decision, scene) {
    const { context, index, by, counts } = decision;
    const { before, after, machine } = scene;
    const reply = heardOf(scene, "ReadIndexReply");
    const { voters, outgoing } = after.configuration;
    const beat = heardOf(scene, "HeartbeatReply");
    const number =
      before.reads.confirmed +
      before.reads.unconfirmed.findIndex((read) => read.context === context && read.index === index) +
      1;
    const acked = (id: number): number => Math.max(before.reads.acks[id] ?? 0, id === beat?.from ? beat.round : 0);
    switch (by) {
      case "round":
        return all(
          holds(
            before.reads.unconfirmed.some((read) => read.context === context && read.index === index),
            "it did not wait",
          ),
          leads(scene),
          is("how many majorities are there", counts.length, outgoing.length > 0 ? 2 : 1),
          when(ruled(decision), () =>
            all(
              holds(
                agreed(before.configuration, (id) => acked(id) >= number),
                "no majority has answered its round",
              ),
              counted(counts, before.configuration, (id) => acked(id) >= after.reads.confirmed),
            ),
          ),
        );
      case "alone":
        return all(
          askedFor(context, scene),
          when(ruled(decision), () => is("who votes", [[machine.id], []], [voters, outgoing])),
          is("its commit index", index, after.commitIndex),
          leads(scene),
          is("counts", 0, counts.length),
        );
      case "only voter":
        return all(
          askedFor(context, scene),
          leads(scene),
          when(ruled(decision), () =>
            holds(
              voters.length === 1 && voters[0] !== machine.id && outgoing.length === 0,
              "it votes, or there are more voters",
            ),
          ),
          is("its commit index", index, after.commitIndex),
          is("counts", 0, counts.length),
        );
      case "itself":
        return all(
          askedFor(context, scene),
          holds(before.role !== "leader", "it leads"),
          is("its commit index", index, after.commitIndex),
          is("counts", 0, counts.length),
        );
      case "leader":
        return all(
          is("what the leader says", [context, index], [reply?.context, reply?.index]),
          is("counts", 0, counts.length),
        );
    }
  },
  readByLease(decision, scene) {
    const { context, index, ends } = decision;
    const { machine } = scene;
    return all(
      askedFor(context, scene),
      leads(scene),
      is("its commit index", index, scene.after.commitIndex),
      is("what ends its lease", ends, endOfLease(machine.options)),
      when(ruled(decision), () => holds(ownCommit(scene), "no entry of its own term is committed")),
    );
  },
});

const endOfLease = ({ lease, checkQuorum, stickyLeader }: Scene["machine"]["options"]): string => {
  if (lease === "checkQuorum") return checkQuorum ? "checkQuorum" : "never";
  return stickyLeader === "always" ? "bound" : "late";
};

const leave = [{ command: null, change: membershipChange([]) }];
/** What was proposed; by nobody: that the joint configuration be left. */
const proposed = ({ input }: Scene) =>
  input?.kind === "propose"
    ? input.proposals
    : input?.kind === "message" && input.message.type === "Propose"
      ? input.message.proposals
      : leave;
