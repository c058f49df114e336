import {
  AlarmClock,
  ArrowDownToDot,
  ArrowUpFromDot,
  Crown,
  DoorOpen,
  Eraser,
  Eye,
  Layers2,
  UserMinus,
  UserPlus,
  UsersRound,
  Wrench,
} from "lucide-react";
import type { Frame } from "../../worker/protocol/frame.ts";
import type { ServerView } from "../../worker/protocol/server.ts";
import { groupShown } from "../group.ts";
import type { LabState } from "../lab.ts";
import { leaderNow, noChange, noHandover, noSnapshot, noVoterLess, standing, successor } from "../membership.ts";
import { page } from "../page.ts";
import { lab } from "../use-lab.ts";
import { rowsOn, serverName } from "./row.ts";
import { isNotUp } from "./server.ts";

const is = (kind: ServerView["member"]) => (server: ServerView, state: LabState) =>
  state.frame !== null && standing(server, state.frame) === kind;
const leads = (server: ServerView, { frame }: LabState) => frame !== null && leaderNow(frame)?.id === server.id;
/** A reason that is read from the frame. */
const unless =
  (why: (server: ServerView, frame: Frame) => string | null) =>
  (server: ServerView, { frame }: LabState): string | null =>
    frame === null ? "the engine is starting" : why(server, frame);
const noJoining = unless((_, frame) => noChange(frame));

function handOver(server: ServerView, state: LabState): void {
  const { frame } = state;
  const leader = frame === null ? null : leaderNow(frame);
  if (frame === null || leader === null) return;
  lab.act({ do: "transfer", server: leader.id, to: successor(server, frame), ...groupShown(state) });
}

function handOverLabel(server: ServerView, state: LabState): string {
  const leader = state.frame === null ? null : leaderNow(state.frame);
  if (state.frame === null || leader === null) return `Let ${serverName(server.id)} lead`;
  if (leader.id !== server.id) return `Let ${serverName(server.id)} lead instead of ${serverName(leader.id)}`;
  const to = successor(server, state.frame);
  return to === 0 ? "Hand leadership over" : `Hand leadership to ${serverName(to)}`;
}

/** Asks the leader for a change of one server. */
const change =
  (type: "add" | "learner" | "remove") =>
  (server: ServerView, state: LabState): void => {
    const leader = state.frame === null ? null : leaderNow(state.frame);
    if (leader === null) return;
    const changes = [{ type, server: server.id }];
    lab.act({ do: "members", server: leader.id, changes, transition: "auto", ...groupShown(state) });
  };

export const operationRows = rowsOn<ServerView>("server", [
  {
    id: "compact",
    label: (s) => `Make a snapshot on ${serverName(s.id)}`,
    about: "Make a snapshot of what it has applied",
    group: "Operations",
    hotkey: "z",
    icon: Layers2,
    refuse: noSnapshot,
    run: (s, state) => lab.act({ do: "compact", server: s.id, ...groupShown(state) }),
  },
  {
    id: "hand-over",
    label: handOverLabel,
    about: "Transfer leadership to it; on the leader: hand it over",
    group: "Operations",
    hotkey: "Shift+L",
    icon: Crown,
    refuse: unless(noHandover),
    run: handOver,
  },
  {
    id: "forget",
    label: (s) => `Let ${serverName(s.id)} forget its leader`,
    group: "Operations",
    icon: Eraser,
    offered: (s) => s.role === "follower" && s.leader !== 0,
    refuse: isNotUp,
    run: (s, state) => lab.act({ do: "forget", server: s.id, ...groupShown(state) }),
  },
  {
    id: "set-clock",
    label: (s) => `Set ${serverName(s.id)}’s clock …`,
    group: "Operations",
    icon: AlarmClock,
    run: (s) => {
      lab.select({ kind: "server", id: s.id });
      page.openDialog("clock");
    },
  },
  {
    id: "set-option",
    label: (s) => `Change an option of ${serverName(s.id)} …`,
    group: "Operations",
    icon: Wrench,
    run: (s) => {
      lab.select({ kind: "server", id: s.id });
      page.openDialog("options");
    },
  },
  {
    id: "add-voter",
    label: (s) => `Add ${serverName(s.id)} as a voter`,
    group: "Operations",
    icon: UserPlus,
    offered: is("none"),
    refuse: noJoining,
    run: change("add"),
  },
  {
    id: "add-learner",
    label: (s) => `Add ${serverName(s.id)} as a learner`,
    group: "Operations",
    icon: Eye,
    offered: is("none"),
    refuse: noJoining,
    run: change("learner"),
  },
  {
    id: "promote",
    label: (s) => `Promote ${serverName(s.id)} to a voter`,
    group: "Operations",
    icon: ArrowUpFromDot,
    offered: is("learner"),
    refuse: noJoining,
    run: change("add"),
  },
  {
    id: "demote",
    label: (s) => `Demote ${serverName(s.id)} to a learner`,
    group: "Operations",
    icon: ArrowDownToDot,
    offered: is("voter"),
    refuse: unless(noVoterLess),
    run: change("learner"),
  },
  {
    id: "remove",
    label: (s) => `Remove ${serverName(s.id)} from the cluster`,
    group: "Operations",
    icon: UserMinus,
    offered: (s, state) => !is("none")(s, state),
    refuse: unless(noVoterLess),
    run: change("remove"),
  },
  {
    id: "change-members",
    label: "Change several servers at once …",
    group: "Operations",
    icon: UsersRound,
    offered: leads,
    run: () => page.openDialog("members"),
  },
  {
    id: "leave-joint",
    label: "Leave the joint configuration",
    group: "Operations",
    icon: DoorOpen,
    offered: (s, state) => leads(s, state) && s.outgoing.length > 0,
    run: (s, state) => lab.act({ do: "members", server: s.id, changes: [], transition: "auto", ...groupShown(state) }),
  },
]);
