import type { ServerId } from "../base/units.ts";
import { type RaftOptions, unlimited } from "../raft/options.ts";
import type { Action } from "../world/acts.ts";
import type { Setup } from "../world/state/setup.ts";

/** What production refuses to start with. It is allowed here, for whoever wants to see why, and said. */
interface Unusual {
  /** The one to change. */
  readonly option: keyof RaftOptions;
  readonly is: (options: RaftOptions, actions: readonly Action[]) => boolean;
  /** What it gives up, and who refuses it. */
  readonly text: (options: RaftOptions) => string;
}

const unusuals: readonly Unusual[] = [
  {
    option: "heartbeatInterval",
    is: ({ heartbeatInterval, electionTimeoutMin }) => heartbeatInterval >= electionTimeoutMin,
    text: ({ heartbeatInterval, electionTimeoutMin }) =>
      `the heartbeat interval, ${heartbeatInterval / 1000} ms, is not shorter than the least election timeout, ${electionTimeoutMin / 1000} ms: followers start elections although their leader lives. Etcd/raft refuses such a set-up.`,
  },
  {
    option: "reads",
    is: (options, actions) =>
      options.lease === "checkQuorum" &&
      !options.checkQuorum &&
      (options.reads === "lease" || actions.some(readsByLease)),
    text: () =>
      "reads are answered by a lease, and check-quorum is off: a leader that nobody hears answers old values for ever. Etcd/raft refuses such a set-up.",
  },
  {
    option: "maxInflightBytes",
    is: ({ flow, maxInflightBytes, maxBytesPerMessage }) =>
      flow === "window" && maxInflightBytes !== unlimited && maxInflightBytes < maxBytesPerMessage,
    text: () =>
      "the window is smaller than a message may be: one large message fills it. Etcd/raft refuses such a set-up.",
  },
];

const readsByLease = ({ act }: Action): boolean => (act.do === "request" || act.do === "load") && act.read === "lease";

/** One sentence or two for each, of the run or of a server with options of its own. */
export function unusual({ raft, servers }: Setup, actions: readonly Action[]): readonly string[] {
  const all = [raft, ...servers.flatMap(({ options }) => (options === undefined ? [] : [{ ...raft, ...options }]))];
  all.push(...changedIn(raft, servers, actions));
  const told = unusuals.flatMap(({ is, text }) => all.filter((each) => is(each, actions)).map(text));
  return [...new Set(told)];
}

/** What servers are given while the run goes on. */
function changedIn(raft: RaftOptions, servers: Setup["servers"], actions: readonly Action[]): readonly RaftOptions[] {
  const own = new Map<ServerId, RaftOptions>(servers.map(({ id, options }) => [id, { ...raft, ...options }]));
  return actions.flatMap(({ act }) => {
    if (act.do !== "options") return [];
    const ids = act.server === undefined ? [...own.keys()] : [act.server];
    return ids.map((id) => {
      const given = { ...(own.get(id) ?? raft), ...act.options };
      own.set(id, given);
      return given;
    });
  });
}

/** As sentences of their own, each with the option that it is said of: for these options alone, whatever is done. */
export const unusualOptions = (options: RaftOptions): readonly { option: keyof RaftOptions; text: string }[] =>
  unusuals
    .filter(({ is }) => is(options, []))
    .map(({ option, text }) => ({ option, text: text(options).replace(/^./, (letter) => letter.toUpperCase()) }));
