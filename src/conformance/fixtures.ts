import { stateOf } from "../cli/drive/answer.ts";
import { readCommand, Session } from "../cli/drive/commands.ts";

/**
 * What the drive protocol answers, the text in which cases and traces speak of it, and the expectations of cases.
 * The data beside this file was recorded on etcd/raft.
 */

// ---- answers ------------------------------------------------------------------------------------------------

interface Configuration {
  readonly voters: readonly number[];
  readonly outgoing: readonly number[];
  readonly learners: readonly number[];
  readonly learnersNext: readonly number[];
  readonly autoLeave: boolean;
}
interface LogEntry {
  readonly i: number;
  readonly t: number;
  readonly d?: string;
  readonly cc?: unknown;
}
interface Message {
  readonly id: number;
  readonly type: string;
  readonly from: number;
  readonly to: number;
  readonly term: number;
  readonly index?: number;
  readonly logTerm?: number;
  readonly commit?: number;
  readonly entries?: readonly LogEntry[];
  readonly reject?: boolean;
  readonly hint?: number;
  readonly transfer?: boolean;
  readonly ctx?: string;
  readonly snapshot?: { readonly i: number; readonly t: number; readonly conf: Configuration };
}
interface Progress {
  readonly state: string;
  readonly match: number;
  readonly next: number;
  readonly paused: boolean;
  readonly active: boolean;
  readonly inflight: number;
  readonly pendingSnap?: number;
}
interface Disk {
  readonly term: number;
  readonly vote: number;
  readonly log: readonly LogEntry[];
}
interface Down {
  readonly down: true;
  readonly disk: Disk;
}
interface Live {
  readonly down?: undefined;
  readonly role: string;
  readonly term: number;
  readonly vote: number;
  readonly lead: number;
  readonly commit: number;
  readonly applied: number;
  readonly first: number;
  readonly last: number;
  readonly log: readonly LogEntry[];
  readonly unstable: number;
  readonly elapsed: number;
  readonly timeout: number;
  readonly conf: Configuration;
  readonly sm: readonly string[];
  readonly reads?: readonly { readonly ctx: string; readonly index: number }[];
  readonly votes?: Readonly<Record<string, boolean>>;
  readonly progress?: Readonly<Record<string, Progress>>;
  readonly pendingConf?: number;
  readonly transferee?: number;
  readonly disk: Disk;
}
export interface State {
  readonly err?: string;
  readonly net: readonly Message[];
  readonly nodes: Readonly<Record<string, Live | Down>>;
}

/** Carries the commands out in a session of their own; the state after each. */
export function answersTo(commands: readonly unknown[]): State[] {
  const session = new Session();
  return commands.map((json) => {
    const read = readCommand(json);
    if ("problem" in read) throw new Error(`${JSON.stringify(json)}: ${read.problem}`);
    const err = session.perform(read.command);
    const state = { ...(err === null ? {} : { err }), ...stateOf(session.cluster) };
    return JSON.parse(JSON.stringify(state)) as State;
  });
}

// ---- in words -----------------------------------------------------------------------------------------------

const termsOf = (log: readonly LogEntry[]): string => log.map(({ t }) => t).join(".") || "-";
const votersOf = ({ voters, outgoing }: Configuration): string =>
  voters.join() + (outgoing.length > 0 ? `&${outgoing}` : "");

function configurationText(c: Configuration): string {
  const learners = c.learners.length > 0 ? ` learn=${c.learners}` : "";
  const next = c.learnersNext.length > 0 ? ` lnext=${c.learnersNext}` : "";
  return votersOf(c) + learners + next + (c.autoLeave ? " auto" : "");
}

const entryText = ({ i, t, d, cc }: LogEntry): string => `${i}/${t}${d ? `=${d}` : ""}${cc ? "=cc" : ""}`;
const entriesText = ({ entries = [] }: Message): string => `[${entries.map(entryText).join()}]`;

/** What follows "Kind from>to tTerm", by kind. */
const details: Readonly<Record<string, (message: Message) => string>> = {
  Vote: ({ index, logTerm, transfer }) => ` last=${index}/${logTerm}${transfer ? " transfer" : ""}`,
  PreVote: ({ index, logTerm }) => ` last=${index}/${logTerm}`,
  VoteResp: ({ reject }) => (reject ? " rej" : " ok"),
  PreVoteResp: ({ reject }) => (reject ? " rej" : " ok"),
  App: (message) => ` prev=${message.index}/${message.logTerm} c${message.commit} ${entriesText(message)}`,
  AppResp: ({ reject, index, hint, logTerm }) => (reject ? ` rej=${index} hint=${hint}/${logTerm}` : ` ok=${index}`),
  Heartbeat: ({ commit, ctx }) => ` c${commit}${ctx ? " ctx" : ""}`,
  HeartbeatResp: ({ ctx }) => (ctx ? " ctx" : ""),
  Snap: ({ snapshot: s }) => (s ? ` snap=${s.i}/${s.t} conf=${configurationText(s.conf)}` : ""),
  Prop: (message) => ` ${entriesText(message)}`,
  ReadIndex: ({ ctx, index }) => ` ${ctx ?? ""}@${index ?? 0}`,
  ReadIndexResp: ({ ctx, index }) => ` ${ctx ?? ""}@${index ?? 0}`,
};

const messageText = (message: Message): string =>
  `${message.type} ${message.from}>${message.to} t${message.term}${details[message.type]?.(message) ?? ""}`;

const readsText = ({ reads = [] }: Live): string => reads.map(({ ctx, index }) => `${ctx}@${index}`).join() || "-";
const progressText = ({ state, match, next }: Progress): string => `${state}:${match}:${next}`;

// ---- what a trace compares ----------------------------------------------------------------------------------

const followerView = (p: Progress): string =>
  `${progressText(p)}${p.paused ? ":paused" : ""}${p.active ? "" : ":inactive"}:if${p.inflight}:snap${p.pendingSnap ?? 0}`;

const entryView = ({ i, t, d, cc }: LogEntry) => ({ i, t, ...(d ? { d } : {}), ...(cc ? { cc } : {}) });

function serverView(server: Live | Down) {
  if (server.down) {
    const { term, vote, log } = server.disk;
    return { down: true, disk: { term, vote, log: termsOf(log) } };
  }
  const { role, term, vote, lead, commit, applied, first, last, elapsed, progress = {} } = server;
  return {
    ...{ role, term, vote, lead, commit, applied, first, last, elapsed },
    log: server.log.map(entryView),
    conf: configurationText(server.conf),
    sm: server.sm.join(),
    reads: readsText(server),
    votes: server.votes ?? {},
    transferee: server.transferee ?? 0,
    progress: mapped(progress, followerView),
  };
}

const mapped = <From, To>(record: Readonly<Record<string, From>>, to: (value: From) => To): Record<string, To> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, to(value)]));

/** Everything that is the protocol's; the rest is an implementation's own business. */
export const comparable = ({ err, net, nodes }: State) => ({
  err: err !== undefined,
  net: net.map((message) => `#${message.id} ${messageText(message)}`),
  nodes: mapped(nodes, serverView),
});

// ---- expectations -------------------------------------------------------------------------------------------

/** In what a state falls short of an expectation of a case, in sentences. */
export function shortfalls(expected: string, state: State): string[] {
  if (expected.startsWith("#") || expected === "anyerr") return [];
  if (expected.startsWith("err:")) return state.err === undefined ? [`an error is expected (${expected})`] : [];
  if (expected === "noerr") return state.err === undefined ? [] : [`no error is expected: ${state.err}`];
  if (expected.startsWith("net")) return networkShortfalls(expected, state.net.map(messageText));
  const [servers = "", ...tokens] = expected.split(/\s+/);
  return servers.split("/").flatMap((id) => {
    const server = state.nodes[id];
    if (server === undefined) return [`there is no server ${id}`];
    return tokens.flatMap((token) => {
      const shown = shownFor(token, server);
      return shown === true || shown === token ? [] : [`server ${id}: expected ${token}, not ${shown}`];
    });
  });
}

function networkShortfalls(expected: string, flying: readonly string[]): string[] {
  const is = `in flight: ${flying.join("; ") || "nothing"}`;
  if (expected === "net0") return flying.length === 0 ? [] : [is];
  const [kind, list = ""] = expected.split(/:(.*)/s);
  const wanted = list.split(";").map((each) => each.trim());
  if (kind === "net") return wanted.join("; ") === flying.join("; ") ? [] : [`${is}; expected ${wanted.join("; ")}`];
  const there = (each: string): boolean => flying.some((text) => text.startsWith(each));
  return wanted.filter((each) => there(each) !== (kind === "net+")).map((each) => `${is}; ${kind}: ${each}`);
}

const numbers: Readonly<Record<string, (server: Live) => number | undefined>> = {
  t: ({ term }) => term,
  v: ({ vote }) => vote,
  L: ({ lead }) => lead,
  c: ({ commit }) => commit,
  a: ({ applied }) => applied,
  f: ({ first }) => first,
  n: ({ last }) => last,
  tr: ({ transferee }) => transferee,
  el: ({ elapsed }) => elapsed,
  pc: ({ pendingConf }) => pendingConf,
  un: ({ unstable }) => unstable,
};

const texts: Readonly<Record<string, (server: Live) => string>> = {
  log: ({ log }) => termsOf(log),
  data: ({ log }) => log.flatMap(({ d }) => (d ? [d] : [])).join() || "-",
  sm: ({ sm }) => sm.join() || "-",
  conf: ({ conf }) => votersOf(conf) || "-",
  learn: ({ conf }) => conf.learners.join() || "-",
  lnext: ({ conf }) => conf.learnersNext.join() || "-",
  reads: readsText,
};

const roles = ["Leader", "Follower", "Candidate", "PreCandidate"];

/** What the server shows instead of the token; the token itself, or true, if it holds. */
function shownFor(token: string, server: Live | Down): string | true {
  const [name = "", value = ""] = token.split(/=(.*)/s);
  if (token === "down") return server.down === true || "up";
  if (name === "dterm") return `dterm=${server.disk.term}`;
  if (name === "dvote") return `dvote=${server.disk.vote}`;
  if (name === "dlog") return `dlog=${termsOf(server.disk.log)}`;
  if (server.down) return "down";
  if (roles.includes(token)) return server.role;
  if (token === "auto" || token === "noauto") return server.conf.autoLeave ? "auto" : "noauto";
  const text = texts[name];
  if (text !== undefined) return `${name}=${text(server)}`;
  if (name.startsWith("pr")) return followerShown(value, server.progress?.[name.slice(2)]);
  const number = /^([A-Za-z]+)\d+$/.exec(token)?.[1] ?? "";
  const read = numbers[number];
  if (read === undefined) throw new Error(`unknown expectation: ${token}`);
  return `${number}${read(server) ?? 0}`;
}

/** "State:match:next", and flags after it. */
function followerShown(expected: string, progress: Progress | undefined): string | true {
  if (progress === undefined) return expected === "none" || "no progress";
  const [state, match, next, ...flags] = expected.split(":");
  const shown = followerView(progress);
  if (`${state}:${match}:${next}` !== progressText(progress)) return shown;
  return flags.every((flag) => hasFlag(progress, flag)) || shown;
}

function hasFlag({ paused, active, inflight, pendingSnap = 0 }: Progress, flag: string): boolean {
  if (flag === "paused" || flag === "free") return paused === (flag === "paused");
  if (flag === "active" || flag === "inactive") return active === (flag === "active");
  if (flag.startsWith("if")) return inflight === Number(flag.slice(2));
  if (flag.startsWith("snap")) return pendingSnap === Number(flag.slice(4));
  throw new Error(`unknown flag: ${flag}`);
}

/** A command, and what is expected after it. */
export interface Step {
  readonly command: unknown;
  readonly expected: readonly string[];
}

/** In what the engine falls short of a case that begins with that `init`. */
export function caseShortfalls(init: unknown, steps: readonly Step[]): string[] {
  const [start, ...states] = answersTo([init, ...steps.map(({ command }) => command)]);
  const problems = start?.err === undefined ? [] : [`init: ${start.err}`];
  steps.forEach(({ command, expected }, i) => {
    const state = states[i]!;
    const mayFail = expected.some((each) => each.startsWith("err:") || each === "anyerr");
    const unexpected = state.err !== undefined && !mayFail ? [`unexpected error: ${state.err}`] : [];
    const fell = [...unexpected, ...expected.flatMap((each) => shortfalls(each, state))];
    problems.push(...fell.map((problem) => `after step ${i + 1}, ${JSON.stringify(command)}: ${problem}`));
  });
  return problems;
}
