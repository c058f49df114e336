import type { DecisionOf } from "../raft/decisions.ts";
import { rules } from "../raft/rules/index.ts";
import { habits } from "./habits.ts";
import { noTerm, noValues, rowsOf } from "./row.ts";
import { changeText, configurationWords, entries, who } from "./words.ts";

/** Changes of membership, and of who leads. */
export const membershipRows = rowsOf({
  changeAppended: {
    kind: "log",
    routine: false,
    rule: habits.changeIsEntry,
    text: ({ server, index, change }) => `${who(server)} appended entry ${index}, a change: ${changeText(change)}`,
    values: ({ index, change }) => [
      ["index", String(index)],
      ["change", changeText(change)],
    ],
    term: noTerm,
  },
  changeRefused: {
    kind: "log",
    routine: false,
    rule: rules.changeRefused,
    text: ({ server, change, reason, pending, replaced }) => {
      const why = {
        pending: `entry ${pending} is not applied yet`,
        "no own commit": "no entry of its own term is committed yet",
        joint: "the configuration is joint, and must be left first",
        "not joint": "the configuration is not joint",
      }[reason];
      return `${who(server)} refused a change (${changeText(change)}): ${why}${replaced ? "; an empty entry takes its place" : ""}`;
    },
    values: ({ pending }) => [["no change before this is applied", pending === 0 ? "none" : `entry ${pending}`]],
    term: noTerm,
  },
  configurationSwitched: {
    kind: "log",
    routine: false,
    rule: ({ joint }) => (joint ? habits.jointConfiguration : habits.latestConfiguration),
    text: ({ server, text, joint }) =>
      `${who(server)} uses a ${joint ? "joint" : "new"} configuration from now on: ${configurationWords(text)}`,
    values: ({ text }) => [["configuration", configurationWords(text)]],
    term: noTerm,
  },
  configurationRolledBack: {
    kind: "log",
    routine: false,
    rule: habits.latestConfiguration,
    text: ({ server, text, joint, gone }) =>
      `${who(server)} goes back to the ${joint ? "joint " : ""}configuration ${configurationWords(text)}: entry ${gone}, which had brought another, is deleted`,
    values: ({ text, gone }) => [
      ["configuration", configurationWords(text)],
      ["deleted", `entry ${gone}`],
    ],
    term: noTerm,
  },
  leaderRemoved: {
    kind: "election",
    routine: false,
    rule: habits.removedLeader,
    text: ({ server, stays }) =>
      stays
        ? `${who(server)} has no vote in the new configuration: it leads on, but does not count itself`
        : `${who(server)} has no vote in the new configuration and stepped down`,
    values: noValues,
    term: noTerm,
  },
  transferStarted: {
    kind: "election",
    routine: false,
    rule: habits.transferCatchUp,
    text: ({ server, to, match, last }) =>
      match === last
        ? `${who(server)} hands leadership to ${who(to)}, whose log is complete`
        : `${who(server)} will hand leadership to ${who(to)} once it has ${entries(match + 1, last)}; until then it takes no commands`,
    unruled: ({ server, to, match, last }) =>
      `${who(server)} hands leadership to ${who(to)}, whose log is known up to entry ${match}; its own ends at entry ${last}`,
    values: ({ to, match, last }) => [
      [`matchIndex[${who(to)}]`, String(match)],
      ["last index", String(last)],
    ],
    term: noTerm,
  },
  transferRefused: {
    kind: "election",
    routine: false,
    rule: ({ reason }) => (reason === "cannot lead" ? rules.mayReceiveLeadership : habits.transferAtLeader),
    text: ({ server, to, reason }) => {
      const why = {
        same: "it is about to already",
        "cannot lead": to === server ? "it leads already" : `${who(to)} is no voter`,
        "no leader": "no leader is known",
      }[reason];
      return `${who(server)} does not hand leadership to ${who(to)}: ${why}`;
    },
    values: noValues,
    term: noTerm,
  },
  transferForwarded: {
    kind: "election",
    routine: false,
    rule: habits.transferAtLeader,
    text: ({ server, to, leader }) => `${who(server)} asks its leader ${who(leader)} to hand leadership to ${who(to)}`,
    values: ({ leader }) => [["leader", who(leader)]],
    term: noTerm,
  },
  transferAborted: {
    kind: "election",
    routine: false,
    rule: ({ reason }) =>
      ({ timeout: habits.transferGivenUp, "no voter": rules.mayReceiveLeadership, another: habits.transferReplaced })[
        reason
      ],
    text: (decision) =>
      `${who(decision.server)} gave up handing leadership to ${who(decision.to)}, and goes on leading: ${whyGivenUp(decision)}`,
    // Of who is no member any more a leader keeps no account.
    values: ({ to, match, last, reason }) => [
      ...(reason === "no voter" ? [] : [[`matchIndex[${who(to)}]`, String(match)] as const]),
      ["last index", String(last)],
    ],
    term: noTerm,
  },
  timeoutNowSent: {
    kind: "election",
    routine: false,
    rule: habits.transferTimeoutNow,
    text: ({ server, to, last }) =>
      `${who(server)} tells ${who(to)} to start an election at once: its log is complete up to entry ${last}`,
    values: ({ to, last }) => [
      [`matchIndex[${who(to)}]`, String(last)],
      ["last index", String(last)],
    ],
    term: noTerm,
  },
});

function whyGivenUp({ to, reason, match, last }: DecisionOf<"transferAborted">): string {
  if (reason === "no voter") return `${who(to)} has no vote in the new configuration`;
  if (reason === "another") return "it was asked to hand it to another server";
  const passed = "an election timeout has passed";
  return match < last
    ? `${passed}, and ${who(to)} has not acknowledged ${entries(match + 1, last)}`
    : `${passed}, and it has heard nothing of the election that ${who(to)} was told to start`;
}
