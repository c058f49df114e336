import { configurationText, isJoint } from "../../raft/configuration.ts";
import { entryAt, knownTerm, lastIndex } from "../../raft/log.ts";
import { configurationAt } from "../../raft/server.ts";
import { all, claimsOf, holds, is, isVoterOf, ruled, sending, when } from "./claim.ts";
import type { Scene } from "./scene.ts";

/** How a configuration is written: "1,2&1,2,3 learners 4". */
const everyConfiguration = ({ before, after }: Pick<Scene, "before" | "after">): readonly string[] => {
  const list = [after.configuration];
  for (const { log, baseConfiguration: configuration } of [before, after])
    for (let at = log.base; at <= lastIndex(log); at++)
      list.push(configurationAt({ configuration, log }, at).configuration);
  return list.map(configurationText);
};

export const membershipClaims = claimsOf({
  changeAppended(decision, { before, after }) {
    const { index, change } = decision;
    const entry = index > after.log.base && index <= lastIndex(after.log) ? entryAt(after.log, index) : null;
    return all(
      holds(index > lastIndex(before.log), `entry ${index} was there before`),
      is(`what entry ${index} changes`, change.changes, entry?.change?.changes),
      when(ruled(decision), () => is("how it does so", change.transition, entry?.change?.transition)),
    );
  },
  changeRefused({ change, reason, pending, replaced }, scene) {
    const { before, after, input } = scene;
    const wanted =
      input?.kind === "propose"
        ? input.proposals
        : input?.kind === "message" && input.message.type === "Propose"
          ? input.message.proposals
          : null;
    const { configuration, log, commitIndex, term } = before;
    return all(
      when(wanted !== null, () =>
        holds(
          (wanted ?? []).some(
            (each) =>
              is("", change.changes, each.change?.changes) === null && change.transition === each.change?.transition,
          ),
          "nobody has asked for that",
        ),
      ),
      is("what must be applied first", pending, before.pendingChangeIndex),
      is("whether something is appended", replaced, lastIndex(after.log) > lastIndex(log)),
      when(reason === "pending", () => holds(pending > before.lastApplied, `entry ${pending} is applied`)),
      when(reason === "no own commit", () =>
        holds(knownTerm(log, commitIndex) !== term, "an entry of its own term is committed"),
      ),
      when(reason === "joint", () => holds(isJoint(configuration), "the configuration is not joint")),
      when(reason === "not joint", () => holds(!isJoint(configuration), "the configuration is joint")),
    );
  },
  configurationRolledBack({ text, joint, gone }, { before, after, told }) {
    const again = told.some(({ kind }) => kind === "configurationSwitched");
    return all(
      is("the entry that brought the other one", gone, before.configurationIndex),
      is("whether it is joint", joint, text.includes("&")),
      when(!again, () => is("its configuration", text, configurationText(after.configuration))),
      when(again, () => holds(everyConfiguration({ before, after }).includes(text), "there is no such configuration")),
      holds(
        told.some(({ kind }) => kind === "entriesDeleted"),
        "nothing is deleted",
      ),
    );
  },
  configurationSwitched({ text, joint }, scene) {
    const { before, after, told } = scene;
    const switches = told.filter(({ kind }) => kind === "configurationSwitched").length;
    return all(
      when(switches === 1, () =>
        all(
          is("its configuration", text, configurationText(after.configuration)),
          when(!told.some(({ kind }) => kind === "configurationRolledBack"), () =>
            holds(text !== configurationText(before.configuration), "it was used before"),
          ),
        ),
      ),
      when(switches > 1, () => holds(everyConfiguration(scene).includes(text), "there is no such configuration")),
      is("whether it is joint", joint, text.includes("&")),
    );
  },
  leaderRemoved({ stays }, { before, after, machine }) {
    return all(
      is("its role before", "leader", before.role),
      holds(!isVoterOf(after.configuration, machine.id), "it has a vote"),
      is("its role", stays ? "leader" : "follower", after.role),
      holds(after.configurationIndex <= after.commitIndex, "that configuration is not committed"),
    );
  },
  transferStarted(decision, scene) {
    const { to, match, last } = decision;
    const { before, after } = scene;
    return all(
      is("whom it hands leadership to", to, after.transferee),
      is("up to where that log is known", match, before.progress[to]?.match),
      is("where its own log ends", last, lastIndex(before.log)),
      when(ruled(decision), () =>
        is("whether that starts an election now", sending(scene, "TimeoutNow").length > 0, match === last),
      ),
    );
  },
  transferRefused({ to, reason }, scene) {
    const { before, after, input, machine } = scene;
    return all(
      is(
        "whom it was asked to hand leadership to",
        to,
        input?.kind === "transfer" ? input.to : input?.kind === "message" ? input.message.from : 0,
      ),
      when(reason === "same", () => is("whom it hands leadership to", to, before.transferee)),
      when(reason === "no leader", () => is("its leader", 0, after.leader)),
      when(reason === "cannot lead", () =>
        to === machine.id
          ? is("its role", "leader", before.role)
          : holds(!isVoterOf(before.configuration, to), `S${to} is a voter`),
      ),
    );
  },
  transferForwarded({ to, leader }, scene) {
    const sent = sending(scene, "TransferLeader").at(-1);
    return all(
      is("its leader", leader, scene.before.leader),
      is("what it asks of whom", [to, leader], [sent?.from, sent?.to]),
    );
  },
  transferAborted: ({ to, reason, match, last }, { before, after, input }) =>
    all(
      // Who is no member any more is none of its followers.
      is(
        "up to where that log is known",
        match,
        [after, before].map(({ progress }) => progress[to]?.match ?? 0).find((each) => each === match),
      ),
      is("where its own log ends", last, lastIndex(after.log)),
      when(reason === "timeout", () => is("what the step was about", "quorumTimeout", input?.kind)),
      when(reason === "no voter", () => holds(!isVoterOf(after.configuration, to), `S${to} is a voter`)),
      when(reason === "another", () =>
        holds(
          (after.transferee !== 0 && after.transferee !== to) ||
            input?.kind === "transfer" ||
            input?.kind === "message",
          "nobody else is to lead",
        ),
      ),
      is("whom it was handing leadership to", to, before.transferee),
      is("its role", "leader", after.role),
      holds(after.transferee !== to, "it still does so"),
    ),
  timeoutNowSent(decision, scene) {
    const { to, last } = decision;
    return all(
      is("who is told", to, sending(scene, "TimeoutNow").at(-1)?.to),
      is("where its own log ends", last, lastIndex(scene.after.log)),
      when(ruled(decision), () => is("up to where that log is known", last, scene.after.progress[to]?.match)),
    );
  },
});
