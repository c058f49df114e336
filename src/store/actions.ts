import {
  AlarmClock,
  ArrowDownToDot,
  ArrowUpFromDot,
  Bookmark,
  BookmarkMinus,
  Boxes,
  Bug,
  CircleHelp,
  Clock,
  CloudLightning,
  Command,
  Copy,
  Crown,
  DoorOpen,
  Download,
  Eraser,
  Eye,
  FastForward,
  FolderOpen,
  HeartPulse,
  Layers,
  Layers2,
  Link2,
  Link2Off,
  ListTree,
  type LucideIcon,
  MousePointerClick,
  Pause,
  PenLine,
  Play,
  Power,
  PowerOff,
  Radar,
  RefreshCw,
  Repeat,
  Rewind,
  Scissors,
  Send,
  Settings2,
  Share2,
  SkipBack,
  SkipForward,
  Split,
  SquareTerminal,
  StepBack,
  StepForward,
  Sun,
  Timer,
  Trash2,
  TriangleAlert,
  Unplug,
  UserMinus,
  UserPlus,
  UsersRound,
  Waves,
  Wrench,
  Zap,
} from "lucide-react";
import type { GroupId, ServerId } from "../base/units.ts";
import type { Frame, MarkKind, MessageView, ServerView } from "../worker/protocol.ts";
import type { Act, DirectedLink } from "../world/types.ts";
import { pickFile, saveFile } from "./files.ts";
import type { LabState, Selection } from "./lab.ts";
import { leaderNow, noChange, noHandover, noSnapshot, noVoterLess, standing, successor } from "./membership.ts";
import { page } from "./page.ts";
import { nextSpeed } from "./speed.ts";
import { lab, session } from "./use-lab.ts";

export type ActionGroup =
  | "Time"
  | "Jump"
  | "Server"
  /** What an operator asks of servers: snapshots, leadership, membership. */
  | "Operations"
  | "Message"
  | "Link"
  | "Cluster"
  | "Client"
  | "Run"
  | "Page"
  | "Select";

/** One thing that the user can do now, ready for a menu, a button, the palette. */
export interface ActionItem {
  readonly id: string;
  readonly label: string;
  readonly group: ActionGroup;
  /** As tinykeys writes it: "Space", "Shift+E", "$mod+K". */
  readonly hotkey?: string;
  readonly icon: LucideIcon;
  readonly enabled: boolean;
  /** Why it cannot be done now, in a few words. */
  readonly disabledReason?: string;
  run(): void;
}

/** What an action needs to be selected; `page` actions are always there. */
type On = "page" | "server" | "message" | "link";

/**
 * A row of the table. `T` is what it works on. A label may depend on the moment; `refuse` says why it cannot be done
 * now, or null. `hotkey` is unique in the whole table.
 */
interface Row<T> {
  readonly id: string;
  readonly label: string | ((target: T, state: LabState) => string);
  /** What the key sheet says; needed where `label` depends on the moment. */
  readonly about?: string;
  readonly group: ActionGroup;
  readonly hotkey?: string;
  /** A second key for the same, not shown in menus. */
  readonly alias?: string;
  readonly icon: LucideIcon;
  /** Whether it makes sense for this target at all; where it does not, menus leave it out. */
  readonly offered?: (target: T, state: LabState) => boolean;
  readonly refuse?: (target: T, state: LabState) => string | null;
  readonly run: (target: T, state: LabState) => void;
}

/** A row with its target's kind. */
export interface ActionRow extends Row<never> {
  readonly on: On;
}

const table: ActionRow[] = [];
function rows<T>(on: On, list: readonly Row<T>[]): void {
  for (const row of list) table.push({ ...(row as unknown as Row<never>), on });
}

/** The whole table, in the order of menus and of the key sheet. */
export const actionRows: readonly ActionRow[] = table;

// ---- time -------------------------------------------------------------------------------------------------

const noRun = (_: unknown, state: LabState) => (state.frame === null ? "the engine is starting" : null);
const atStart = (_: unknown, state: LabState) =>
  state.frame === null || state.frame.position.event > 0 || state.frame.position.at > 0 ? null : "this is the start";

function setPlaying(state: LabState): void {
  if (state.playing) lab.pause();
  else lab.play();
}

function seekBookmark(state: LabState, direction: 1 | -1): void {
  const target = nearBookmark(state, direction);
  if (target === undefined) return;
  lab.pause();
  lab.seek(target.at);
}

function nearBookmark(state: LabState, direction: 1 | -1) {
  const at = state.frame?.position.at ?? 0;
  const list = state.info?.bookmarks ?? [];
  return direction > 0 ? list.find((b) => b.at > at) : list.findLast((b) => b.at < at);
}

rows<null>("page", [
  {
    id: "play",
    label: (_, state) => (state.playing ? "Pause" : "Play"),
    about: "Play or pause",
    group: "Time",
    hotkey: "Space",
    icon: Play,
    refuse: noRun,
    run: (_, state) => setPlaying(state),
  },
  {
    id: "step-forward",
    label: "Step to the next event",
    group: "Time",
    hotkey: ".",
    alias: "ArrowRight",
    icon: StepForward,
    refuse: noRun,
    run: () => lab.step(1),
  },
  {
    id: "step-back",
    label: "Step back one event",
    group: "Time",
    hotkey: ",",
    alias: "ArrowLeft",
    icon: StepBack,
    refuse: atStart,
    run: () => lab.step(-1),
  },
  {
    id: "slower",
    label: "Slower",
    group: "Time",
    hotkey: "<",
    icon: Rewind,
    run: (_, s) => lab.setSpeed(nextSpeed(s.speed, -1)),
  },
  {
    id: "faster",
    label: "Faster",
    group: "Time",
    hotkey: ">",
    icon: FastForward,
    run: (_, s) => lab.setSpeed(nextSpeed(s.speed, 1)),
  },
  {
    id: "start",
    label: "Go to the start",
    group: "Time",
    hotkey: "Home",
    icon: SkipBack,
    refuse: atStart,
    run: () => lab.seek(0),
  },
  {
    id: "live",
    label: "Go to the newest moment",
    group: "Time",
    hotkey: "End",
    icon: SkipForward,
    refuse: noRun,
    run: () => lab.live(),
  },
]);

// ---- jumps ------------------------------------------------------------------------------------------------

interface Jump {
  readonly kind: MarkKind;
  readonly name: string;
  readonly key: string;
  readonly icon: LucideIcon;
}
const jumps: readonly Jump[] = [
  { kind: "election", name: "election", key: "e", icon: Crown },
  { kind: "commit", name: "commit", key: "o", icon: Layers },
  { kind: "crash", name: "crash", key: "x", icon: PowerOff },
  { kind: "violation", name: "violation", key: "v", icon: TriangleAlert },
];
rows<null>(
  "page",
  jumps.flatMap(({ kind, name, key, icon }): Row<null>[] => [
    {
      id: `next-${kind}`,
      label: `Next ${name}`,
      group: "Jump",
      hotkey: key,
      icon,
      refuse: noRun,
      run: () => lab.jump(kind, 1),
    },
    {
      id: `previous-${kind}`,
      label: `Previous ${name}`,
      group: "Jump",
      hotkey: `Shift+${key.toUpperCase()}`,
      icon,
      refuse: noRun,
      run: () => lab.jump(kind, -1),
    },
  ]),
);
rows<null>("page", [
  {
    id: "next-bookmark",
    label: "Next bookmark",
    group: "Jump",
    hotkey: "PageDown",
    icon: Bookmark,
    refuse: (_, s) => (nearBookmark(s, 1) === undefined ? "there is no later bookmark" : null),
    run: (_, s) => seekBookmark(s, 1),
  },
  {
    id: "previous-bookmark",
    label: "Previous bookmark",
    group: "Jump",
    hotkey: "PageUp",
    icon: BookmarkMinus,
    refuse: (_, s) => (nearBookmark(s, -1) === undefined ? "there is no earlier bookmark" : null),
    run: (_, s) => seekBookmark(s, -1),
  },
]);

// ---- one server -------------------------------------------------------------------------------------------

const serverName = (id: ServerId): string => (id === 0 ? "the client" : `S${id}`);
const isDown = (server: ServerView) => (server.status === "down" ? "it is down" : null);
const isNotUp = (server: ServerView) => (server.status === "up" ? null : `it is ${server.status}`);

/** Every link between the server and the others, both ways; the client still reaches it. */
function linksOf(server: ServerId, frame: Frame): DirectedLink[] {
  const others = frame.servers.filter((s) => s.id !== server);
  return others.flatMap((s): DirectedLink[] => [
    [server, s.id],
    [s.id, server],
  ]);
}

const sameLink = (a: DirectedLink, b: DirectedLink) => a[0] === b[0] && a[1] === b[1];
const isCut = (frame: Frame, link: DirectedLink) => frame.cuts.some((cut) => sameLink(cut, link));
const isIsolated = (server: ServerView, state: LabState) =>
  state.frame !== null && linksOf(server.id, state.frame).every((link) => isCut(state.frame!, link));

function isolateOrReconnect(server: ServerView, state: LabState): void {
  if (state.frame === null) return;
  lab.act({ do: isIsolated(server, state) ? "mend" : "cut", links: linksOf(server.id, state.frame) });
}

/** A key belongs to a group by its characters: one of each group, however many there are (at most four). */
const keyOfGroup = ["x", "y", "z", "w"] as const;

/** What an act on one group's Raft says of it: nothing where that is the first one. */
export const groupShown = ({ frame }: LabState): { readonly group?: GroupId } =>
  frame !== null && frame.group > 1 ? { group: frame.group } : {};

/** In the group that is shown put x=1, put x=2 …: each request writes something new, so that it can be told from the others. */
export function nextPut(state: LabState): Extract<Act, { do: "request" }>["operation"] {
  const newest = Math.max(0, ...(state.frame?.requests ?? []).map((r) => r.number));
  const key = keyOfGroup[(state.frame?.group ?? 1) - 1] ?? "x";
  return { op: "put", key, value: String(newest + 1) };
}

rows<ServerView>("server", [
  {
    id: "crash",
    label: (s) => (s.status === "down" ? `Restart ${serverName(s.id)}` : `Crash ${serverName(s.id)}`),
    about: "Crash or restart it",
    group: "Server",
    hotkey: "c",
    icon: Power,
    run: (s) => lab.act({ do: s.status === "down" ? "restart" : "crash", server: s.id }),
  },
  {
    id: "pause-process",
    label: (s) =>
      s.status === "paused" ? `Resume ${serverName(s.id)}` : `Pause ${serverName(s.id)} (as in a long GC)`,
    about: "Pause or resume its process",
    group: "Server",
    hotkey: "p",
    icon: Pause,
    refuse: isDown,
    run: (s) => lab.act({ do: s.status === "paused" ? "resume" : "pause", server: s.id }),
  },
  {
    id: "timeout",
    label: (s) => `Fire ${serverName(s.id)}’s election timer`,
    about: "Fire its election timer",
    group: "Server",
    hotkey: "t",
    icon: Timer,
    refuse: (s) => isNotUp(s) ?? (s.role === "leader" ? "a leader has no election timer" : null),
    run: (s, state) => lab.act({ do: "timeout", server: s.id, ...groupShown(state) }),
  },
  {
    id: "heartbeat",
    label: (s) => `Let ${serverName(s.id)} send heartbeats`,
    about: "Let it send heartbeats (leader)",
    group: "Server",
    hotkey: "h",
    icon: HeartPulse,
    refuse: (s) => isNotUp(s) ?? (s.role === "leader" ? null : "only a leader sends heartbeats"),
    run: (s, state) => lab.act({ do: "heartbeat", server: s.id, ...groupShown(state) }),
  },
  {
    id: "isolate",
    label: (s, state) => (isIsolated(s, state) ? `Reconnect ${serverName(s.id)}` : `Isolate ${serverName(s.id)}`),
    about: "Isolate or reconnect it",
    group: "Server",
    hotkey: "i",
    icon: Unplug,
    refuse: (_, state) => (state.frame !== null && state.frame.servers.length > 1 ? null : "it is alone"),
    run: isolateOrReconnect,
  },
  {
    id: "request-at",
    label: (s) => `Send a client’s write to ${serverName(s.id)}`,
    about: "Send it a client’s write",
    group: "Server",
    hotkey: "Shift+R",
    icon: Send,
    run: (s, state) => lab.act({ do: "request", operation: nextPut(state), server: s.id }),
  },
]);

// ---- snapshots, leadership, membership --------------------------------------------------------------------

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

rows<ServerView>("server", [
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
    about: "Let it lead; on the leader: hand leadership over",
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

// ---- one message ------------------------------------------------------------------------------------------

const isLost = (m: MessageView) => (m.lost === null ? null : "it is being lost");

rows<MessageView>("message", [
  {
    id: "deliver",
    label: "Deliver now",
    group: "Message",
    hotkey: "d",
    icon: Zap,
    refuse: isLost,
    run: (m) => lab.act({ do: "deliver", message: m.ref }),
  },
  {
    id: "delay",
    label: "Delay by 50 ms",
    group: "Message",
    hotkey: "w",
    icon: Clock,
    refuse: isLost,
    run: (m) => lab.act({ do: "delay", message: m.ref, by: 50_000 }),
  },
  {
    id: "duplicate",
    label: "Duplicate",
    group: "Message",
    hotkey: "u",
    icon: Copy,
    refuse: isLost,
    run: (m) => lab.act({ do: "duplicate", message: m.ref }),
  },
  {
    id: "drop",
    label: "Drop",
    group: "Message",
    hotkey: "Delete",
    alias: "Backspace",
    icon: Trash2,
    refuse: isLost,
    run: (m) => lab.act({ do: "drop", message: m.ref }),
  },
]);

// ---- one link ---------------------------------------------------------------------------------------------

function toggleLinks(links: readonly DirectedLink[], state: LabState): void {
  if (state.frame === null) return;
  const frame = state.frame;
  lab.act({ do: links.every((link) => isCut(frame, link)) ? "mend" : "cut", links });
}
const bothWays = (link: DirectedLink): DirectedLink[] => [link, [link[1], link[0]]];
const linkVerb = (links: readonly DirectedLink[], state: LabState) =>
  state.frame !== null && links.every((link) => isCut(state.frame!, link)) ? "Mend" : "Cut";

rows<DirectedLink>("link", [
  {
    id: "cut-both",
    label: (l, s) => `${linkVerb(bothWays(l), s)} ${serverName(l[0])} – ${serverName(l[1])} in both directions`,
    about: "Cut or mend both directions",
    group: "Link",
    hotkey: "k",
    icon: Scissors,
    run: (l, s) => toggleLinks(bothWays(l), s),
  },
  {
    id: "cut-forward",
    label: (l, s) => `${linkVerb([l], s)} only ${serverName(l[0])} to ${serverName(l[1])}`,
    about: "Cut or mend one direction",
    group: "Link",
    hotkey: "Shift+K",
    icon: Link2Off,
    run: (l, s) => toggleLinks([l], s),
  },
  {
    id: "cut-backward",
    label: (l, s) => `${linkVerb([[l[1], l[0]]], s)} only ${serverName(l[1])} to ${serverName(l[0])}`,
    about: "Cut or mend the other direction",
    group: "Link",
    icon: Link2Off,
    run: (l, s) => toggleLinks([[l[1], l[0]]], s),
  },
]);

/** Every step in the user's hands, with the list of what they may be; or all by itself again. */
export function setByHand(byHand: boolean): void {
  lab.act({ do: "network", mode: byHand ? "manual" : "automatic" });
  if (byHand) page.showPane("hand");
}

// ---- cluster and client -----------------------------------------------------------------------------------

/** The leader (of the highest term) in the smaller half: the most telling way to cut a cluster in two. */
export function twoGroups(frame: Frame): ServerId[][] {
  const ids = frame.servers.map((s) => s.id);
  const leaders = frame.servers.filter((s) => s.role === "leader" && s.status === "up").sort((a, b) => b.term - a.term);
  const first = leaders[0]?.id ?? ids[0] ?? 0;
  const rest = ids.filter((id) => id !== first);
  const small = Math.floor(ids.length / 2);
  return [[first, ...rest.slice(0, small - 1)], rest.slice(small - 1)];
}

rows<null>("page", [
  {
    id: "request",
    label: "Send a client’s write",
    group: "Client",
    hotkey: "r",
    icon: Send,
    refuse: noRun,
    run: (_, s) => lab.act({ do: "request", operation: nextPut(s) }),
  },
  {
    id: "request-form",
    label: "Write, read or delete a key …",
    group: "Client",
    hotkey: "q",
    icon: PenLine,
    refuse: noRun,
    run: () => page.openDialog("request"),
  },
  {
    id: "console",
    label: "Type a client’s command …",
    group: "Client",
    hotkey: "/",
    icon: SquareTerminal,
    refuse: noRun,
    run: () => page.openConsole(),
  },
  {
    id: "load",
    label: (_, s) =>
      s.frame !== null && s.frame.loadPerSecond > 0
        ? "Stop the clients’ load"
        : "Let the client write 20 times a second",
    about: "Start or stop 20 writes a second",
    group: "Client",
    hotkey: "l",
    icon: Waves,
    refuse: noRun,
    run: (_, s) => lab.act({ do: "load", perSecond: s.frame !== null && s.frame.loadPerSecond > 0 ? 0 : 20 }),
  },
  {
    id: "load-form",
    label: (_, s) => (s.frame !== null && s.frame.loadPerSecond > 0 ? "Change the clients’ load …" : "Start a load …"),
    about: "Let several clients ask by themselves",
    group: "Client",
    icon: Waves,
    refuse: noRun,
    run: () => page.openDialog("load"),
  },
  {
    id: "partition",
    label: "Partition in two",
    group: "Cluster",
    hotkey: "Shift+P",
    icon: Split,
    refuse: (_, s) =>
      noRun(null, s) ?? (s.frame !== null && s.frame.servers.length < 2 ? "there is only one server" : null),
    run: (_, s) => s.frame !== null && lab.act({ do: "partition", groups: twoGroups(s.frame) }),
  },
  {
    id: "heal",
    label: "Heal all links",
    group: "Cluster",
    hotkey: "Shift+H",
    icon: Link2,
    refuse: (_, s) => (s.frame !== null && s.frame.cuts.length > 0 ? null : "no link is cut"),
    run: () => lab.act({ do: "heal" }),
  },
  {
    id: "fault",
    label: "Inject a fault …",
    group: "Cluster",
    hotkey: "f",
    icon: CloudLightning,
    refuse: noRun,
    run: () => page.openFault("", null),
  },
  {
    id: "nemesis",
    label: "Let faults come by themselves …",
    group: "Cluster",
    hotkey: "Shift+F",
    icon: Repeat,
    refuse: noRun,
    run: () => page.openDialog("nemesis"),
  },
  {
    id: "repair",
    label: "Repair everything",
    group: "Cluster",
    hotkey: "Shift+Y",
    icon: Wrench,
    refuse: (_, s) =>
      noRun(null, s) ??
      (s.frame !== null && s.frame.faults.length + s.frame.nemeses.length > 0 ? null : "nothing is wrong"),
    run: () => lab.act({ do: "repair" }),
  },
  {
    id: "members-form",
    label: "Change the cluster’s members …",
    group: "Cluster",
    hotkey: "j",
    icon: UsersRound,
    refuse: noRun,
    run: () => page.openDialog("members"),
  },
  {
    id: "network-mode",
    label: (_, s) => (s.frame?.mode === "manual" ? "Network: deliver by itself" : "Network: I deliver every message"),
    about: "Manual or automatic network",
    group: "Cluster",
    hotkey: "m",
    icon: MousePointerClick,
    refuse: noRun,
    run: (_, s) => setByHand(s.frame?.mode !== "manual"),
  },
  {
    id: "by-hand",
    label: "Show what may happen next",
    group: "Cluster",
    hotkey: "a",
    icon: ListTree,
    refuse: noRun,
    run: () => page.showPane("hand"),
  },
]);

// ---- the run and the page ---------------------------------------------------------------------------------

rows<null>("page", [
  {
    id: "scenarios",
    label: "Scenarios …",
    group: "Run",
    hotkey: "n",
    icon: Layers,
    run: () => page.openDialog("scenarios"),
  },
  {
    id: "share",
    label: "Share this moment …",
    group: "Run",
    hotkey: "s",
    icon: Share2,
    refuse: noRun,
    run: () => page.openDialog("share"),
  },
  {
    id: "save-file",
    label: "Save as a file",
    group: "Run",
    hotkey: "$mod+S",
    icon: Download,
    refuse: noRun,
    run: () => void saveFile(),
  },
  {
    id: "open-file",
    label: "Open a file …",
    group: "Run",
    hotkey: "$mod+O",
    icon: FolderOpen,
    run: () => pickFile(),
  },
  {
    id: "restart-run",
    label: "Open this scenario afresh",
    group: "Run",
    hotkey: "Shift+N",
    icon: RefreshCw,
    refuse: noRun,
    run: () => session.restart(),
  },
  {
    id: "break-raft",
    label: "Break Raft: switch rules off …",
    group: "Run",
    hotkey: "b",
    icon: Bug,
    refuse: noRun,
    run: () => page.openDialog("bugs"),
  },
  {
    id: "find-counterexample",
    label: "Find a counterexample …",
    group: "Run",
    hotkey: "Shift+B",
    icon: Radar,
    run: () => page.openDialog("search"),
  },
  {
    id: "settings",
    label: "Settings …",
    group: "Run",
    hotkey: "g",
    icon: Settings2,
    refuse: noRun,
    run: () => page.openDialog("settings"),
  },
  {
    id: "palette",
    label: "Find an action …",
    group: "Page",
    hotkey: "$mod+K",
    icon: Command,
    run: () => page.openDialog("palette"),
  },
  { id: "theme", label: "Light or dark", group: "Page", hotkey: "Shift+D", icon: Sun, run: () => page.toggleTheme() },
  {
    id: "help",
    label: "Keys and help",
    group: "Page",
    hotkey: "?",
    icon: CircleHelp,
    run: () => page.openDialog("help"),
  },
  {
    id: "unselect",
    label: "Select nothing",
    group: "Select",
    hotkey: "Escape",
    icon: MousePointerClick,
    refuse: (_, s) => (s.selection === null ? "nothing is selected" : null),
    run: () => lab.select(null),
  },
]);
/** One after the other, and round again. */
function showNextGroup({ frame }: LabState, by: 1 | -1): void {
  if (frame !== null) lab.showGroup(((frame.group - 1 + by + frame.groupCount) % frame.groupCount) + 1);
}
const onlyGroup = (_: unknown, state: LabState) =>
  noRun(null, state) ?? (state.frame?.groupCount === 1 ? "this run has one group" : null);

rows<null>("page", [
  {
    id: "next-group",
    label: "Show the next Raft group",
    group: "Select",
    hotkey: "]",
    icon: Boxes,
    refuse: onlyGroup,
    run: (_, s) => showNextGroup(s, 1),
  },
  {
    id: "previous-group",
    label: "Show the previous Raft group",
    group: "Select",
    hotkey: "[",
    icon: Boxes,
    refuse: onlyGroup,
    run: (_, s) => showNextGroup(s, -1),
  },
]);
rows<null>(
  "page",
  [1, 2, 3, 4, 5, 6, 7, 8, 9].map(
    (id): Row<null> => ({
      id: `select-${id}`,
      label: `Select S${id}`,
      group: "Select",
      hotkey: String(id),
      icon: MousePointerClick,
      refuse: (_, s) => (s.frame?.servers.some((server) => server.id === id) ? null : `there is no S${id}`),
      run: () => lab.select({ kind: "server", id }),
    }),
  ),
);

// ---- from rows to items -----------------------------------------------------------------------------------

/** What the row works on: the server's or message's present state; undefined if it is not there any more. */
function resolve(target: Selection, state: LabState): unknown {
  if (target === null) return null;
  if (target.kind === "server") return state.frame?.servers.find((s) => s.id === target.id);
  if (target.kind === "message") return state.frame?.messages.find((m) => m.id === target.id);
  return target.link;
}

const kindOf = (target: Selection): On => (target === null ? "page" : target.kind);

function toItem(row: ActionRow, target: unknown, state: LabState): ActionItem {
  const on = target as never;
  const reason = row.refuse?.(on, state) ?? null;
  return {
    id: row.id,
    label: typeof row.label === "string" ? row.label : row.label(on, state),
    group: row.group,
    icon: row.icon,
    enabled: reason === null,
    ...(row.hotkey === undefined ? {} : { hotkey: row.hotkey }),
    ...(reason === null ? {} : { disabledReason: reason }),
    run: () => row.run(on, state),
  };
}

const isOffered = (row: ActionRow, target: unknown, state: LabState): boolean =>
  row.offered?.(target as never, state) ?? true;

/**
 * What can be done to `target` in this state, in the order of the table; for null, what can be done to the run and
 * the page. Empty if the target is gone (a message that has arrived). Items hold for this state only: ask again
 * when it changes.
 */
export function actionsFor(target: Selection, state: LabState): readonly ActionItem[] {
  const resolved = resolve(target, state);
  if (resolved === undefined) return [];
  const fitting = table.filter((row) => row.on === kindOf(target) && isOffered(row, resolved, state));
  return fitting.map((row) => toItem(row, resolved, state));
}

/** Everything that can be asked for now: what concerns the selection first. */
export function allActions(state: LabState): readonly ActionItem[] {
  const own = state.selection === null ? [] : actionsFor(state.selection, state);
  return [...own, ...actionsFor(null, state)];
}

const rowsById = new Map(table.map((row) => [row.id, row]));

/** One action by its id, on `target`; undefined if the target is gone or not of its kind. Cheap: buttons ask per frame. */
export function actionOf(id: string, target: Selection, state: LabState): ActionItem | undefined {
  const row = rowsById.get(id);
  const resolved = resolve(target, state);
  if (row === undefined || resolved === undefined || row.on !== kindOf(target)) return undefined;
  if (!isOffered(row, resolved, state)) return undefined;
  return toItem(row, resolved, state);
}
