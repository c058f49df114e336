import type { Act } from "../world/acts.ts";
import { type FaultName, faultNames, faultOf } from "../world/faults/index.ts";
import type { Parameter } from "../world/faults/parameters.ts";
import { actNames } from "./acts.ts";
import { fieldName } from "./faults.ts";
import type { RecordingJson } from "./format.ts";
import type { OptionName } from "./option-rows.ts";

/**
 * The file's content as nested lists without field names: what a link carries. Columns are told apart by their
 * place, so new ones go to the end.
 *
 * `unpack` takes anything. What it does not recognise it passes on, and the reader of files refuses it: there is one
 * judge of what comes from outside.
 */
interface Packer {
  readonly pack: (value: unknown) => unknown;
  readonly unpack: (value: unknown) => unknown;
}

const plain: Packer = { pack: (value) => value, unpack: (value) => value };

const scaledBy = (scale: number): Packer => ({
  pack: (value) => (typeof value === "number" ? Math.round(value * scale) : value),
  unpack: (value) => (typeof value === "number" ? value / scale : value),
});
/** Milliseconds as microseconds, probabilities as parts per million: whole numbers are shorter. */
const millis = scaledBy(1000);
const chance = scaledBy(1_000_000);

/** "S3" as 3, the client "C" as 0. */
const server: Packer = {
  pack: (value) => (typeof value === "string" ? Number(value.replace("C", "0").replace("S", "")) : value),
  unpack: (value) => (typeof value === "number" ? (value === 0 ? "C" : `S${value}`) : value),
};
/** ["S1", "S3"] as "13": ids have one digit. */
const servers: Packer = {
  pack: (value) => (Array.isArray(value) ? value.map(server.pack).join("") : value),
  unpack: (value) => (typeof value === "string" ? Array.from(value, (digit) => server.unpack(Number(digit))) : value),
};
/** "S1>S3#4.1" as "134.1". */
const message: Packer = {
  pack: (value) => (typeof value === "string" ? value.replaceAll("C", "0").replaceAll(/[S>#]/g, "") : value),
  unpack: (value) => {
    const [, from, to, rest] = (typeof value === "string" && /^([0-9])([0-9])([0-9.]+)$/.exec(value)) || [];
    return from === undefined ? value : `${server.unpack(Number(from))}>${server.unpack(Number(to))}#${rest}`;
  },
};

const listed = (item: Packer): Packer => ({
  pack: (value) => (Array.isArray(value) ? value.map(item.pack) : value),
  unpack: (value) => (Array.isArray(value) ? value.map(item.unpack) : value),
});

/** An object as the list of its values in the order of `columns`; what it lacks is null, and nulls at the end go. */
function fields(columns: Readonly<Record<string, Packer>>): Packer {
  const names = Object.keys(columns);
  return {
    pack: (value) => {
      if (!isObject(value)) return value;
      const items = names.map((name) =>
        Object.hasOwn(value, name) ? columns[name]?.pack(Reflect.get(value, name)) : null,
      );
      return items.slice(0, items.findLastIndex((item) => item !== null) + 1);
    },
    unpack: (value) => {
      if (!Array.isArray(value) || value.length > names.length) return value;
      const entries = value.map((item: unknown, at) => [names[at] ?? "", item] as const);
      const present = entries.filter(([, item]) => item !== null);
      return Object.fromEntries(present.map(([name, item]) => [name, columns[name]?.unpack(item)]));
    },
  };
}

const isObject = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const inGroup = fields({ server, group: plain });
const onMessage = fields({ message });
const operations = { put: plain, server, get: plain, delete: plain, cas: plain, increment: plain };
const network = { mode: plain, latencyMs: listed(millis), loss: chance, duplicate: chance };
/** New columns go to the end. */
const bandwidth = { bandwidth: plain };

function parameterPacker({ is }: Parameter): Packer {
  switch (is) {
    case "server":
      return server;
    case "servers":
      return servers;
    case "links":
    case "groups":
      return listed(servers);
    case "time":
      return millis;
    case "times":
      return listed(millis);
    case "chance":
      return chance;
    case "ppm":
    case "whole":
    case "raftGroup":
    case "choice":
      return plain;
  }
}

/** A column for each parameter, in their order. */
const faultPacker = (name: FaultName): Packer =>
  fields(
    Object.fromEntries(
      Object.entries(faultOf(name).parameters).map(([key, parameter]) => [
        fieldName(key, parameter),
        parameterPacker(parameter),
      ]),
    ),
  );

const ofFaults = Object.fromEntries(faultNames.map((name) => [name, faultPacker(name)])) as {
  readonly [Name in FaultName]: Packer;
};

const nemesisFields = fields({
  id: plain,
  fault: plain,
  everyMs: listed(millis),
  forMs: listed(millis),
  given: plain,
  aim: plain,
});

/** Its fault as the number of an act; what is given stands in the fault's own columns. */
const nemesis: Packer = {
  pack(value) {
    const { id, fault, everyMs, forMs, aim, ...given } = value as Readonly<Record<string, unknown>> & {
      fault: FaultName;
    };
    const packed = ofFaults[fault].pack(given);
    const own = { id, fault: actNames.indexOf(fault), everyMs, given: packed };
    const spare = Object.entries({ forMs, aim }).filter(([, each]) => each !== undefined);
    return nemesisFields.pack({ ...own, ...Object.fromEntries(spare) });
  },
  unpack(value) {
    const json = nemesisFields.unpack(value);
    if (!isObject(json)) return json;
    const { fault, given, ...own } = json as Readonly<Record<string, unknown>>;
    const name = typeof fault === "number" ? faultNames.find((each) => each === actNames[fault]) : undefined;
    if (name === undefined) return json;
    const rest = ofFaults[name].unpack(given ?? []);
    return isObject(rest) ? { ...own, fault: name, ...rest } : json;
  },
};

/** A limit; null, which says that there is none, would be taken for a missing column. */
const limit: Packer = { pack: (value) => value ?? -1, unpack: (value) => (value === -1 ? null : value) };

const options: { readonly [Name in OptionName]: Packer } = {
  electionTimeoutMs: listed(millis),
  heartbeatMs: millis,
  retryMs: millis,
  maxEntriesPerMessage: limit,
  noOpOnElection: plain,
  preVote: plain,
  checkQuorum: plain,
  stickyLeader: plain,
  knownLeaderRefusesVotes: plain,
  refusedCandidate: plain,
  timerResets: plain,
  oldTerms: plain,
  heartbeats: plain,
  backtracking: plain,
  flow: plain,
  belowCommit: plain,
  maxBytesPerMessage: limit,
  maxInflightMessages: limit,
  maxInflightBytes: limit,
  maxUncommittedBytes: limit,
  forwardProposals: plain,
  asyncDisk: plain,
  persistCommit: plain,
  maxApplyBytes: limit,
  snapshotAfter: limit,
  configurationFrom: plain,
  validateChanges: plain,
  changeNeedsOwnCommit: plain,
  removedLeader: plain,
  reads: plain,
  candidateWritesFirst: plain,
  quorumCheck: plain,
  snapshotEnds: plain,
  refusedChange: plain,
  lease: plain,
  clockDriftPercent: limit,
};

/** One row per act: its fields. */
const acts: { readonly [Kind in Act["do"]]: Packer } = {
  ...ofFaults,
  timeout: inGroup,
  heartbeat: inGroup,
  timer: fields({ server, leftMs: millis, group: plain }),
  request: fields({ ...operations, client: plain, read: plain }),
  load: fields({ perSecond: plain, clients: plain, mode: plain, reads: plain, keys: plain, read: plain }),
  deliver: onMessage,
  drop: onMessage,
  duplicate: onMessage,
  delay: fields({ message, byMs: millis }),
  network: fields({ ...network, links: listed(servers), ...bandwidth }),
  disk: fields({ writeMs: listed(millis), server }),
  compact: inGroup,
  transfer: fields({ server, to: server, group: plain }),
  members: fields({ server, changes: plain, transition: plain, group: plain }),
  forget: inGroup,
  nemesis,
  calm: fields({ id: plain }),
  reseed: fields({ seed: plain }),
  options: fields({ server, options: fields(options) }),
};

/** An action: microseconds since the one before it (the first: since the start), the act's number (with `order`: a pair), the act's fields. */
export function packActions(actions: RecordingJson["actions"]): unknown[] {
  let before = 0;
  return actions.map(({ atMs, order, do: name, ...rest }) => {
    const at = Math.round(atMs * 1000);
    const since = at - before;
    before = at;
    const act = actNames.indexOf(name);
    const values = acts[name].pack(rest);
    return [since, order === undefined ? act : [act, order], ...(Array.isArray(values) ? values : [])];
  });
}

export function unpackActions(value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  let before = 0;
  return value.map((item: unknown) => {
    const [since, what, ...values]: readonly unknown[] = Array.isArray(item) ? item : [];
    const [act, order]: readonly unknown[] = Array.isArray(what) ? what : [what];
    const name = typeof act === "number" ? actNames[act] : undefined;
    if (name === undefined || typeof since !== "number") return item;
    before += since;
    const rest = acts[name].unpack(values);
    if (!isObject(rest)) return item;
    return { atMs: before / 1000, ...(order === undefined ? {} : { order }), do: name, ...rest };
  });
}

const serverList = listed(
  fields({ term: plain, votedFor: server, log: plain, commit: plain, member: plain, options: fields(options) }),
);

/** Servers are listed in order, so their names need not be said. A number of fresh servers stays a number. */
function unpackServers(value: unknown): unknown {
  const list = serverList.unpack(value);
  return Array.isArray(list)
    ? list.map((item: unknown, at) => (isObject(item) ? { id: server.unpack(at + 1), ...item } : item))
    : list;
}

const view = {
  atMs: millis,
  select: plain,
  speed: plain,
  play: plain,
  group: plain,
  strayedMs: millis,
  hide: plain,
  guided: plain,
};
type Part = Exclude<keyof RecordingJson, "format" | "version" | "branches" | "branch">;
const parts: { readonly [Name in Part]: Packer } = {
  seed: plain,
  servers: { pack: serverList.pack, unpack: unpackServers },
  network: fields({ ...network, ...bandwidth }),
  disk: fields({ writeMs: listed(millis) }),
  endMs: millis,
  view: fields({ ...view, order: plain, seen: fields({ engine: plain, hash: plain }) }),
  title: plain,
  preset: plain,
  bookmarks: listed(fields({ atMs: millis, label: plain, before: plain, when: plain })),
  notes: plain,
  profile: plain,
  options: fields(options),
  actions: plain,
  groups: plain,
  bugs: plain,
  clients: fields({ sessions: plain, repeatMs: millis, giveUpMs: millis, sessionsMost: plain }),
};
const whole = fields(parts);
/** In the order of their columns. */
export const partNames = Object.keys(parts);

/** The inverse of `unpackRecording`. Branches are left out. */
export function packRecording(json: RecordingJson): unknown {
  return whole.pack({ ...json, actions: packActions(json.actions) });
}

/** Gives what `readRecording` takes: file-like data that nobody has checked. `version`: the format's, when it was packed. */
export function unpackRecording(lists: unknown, version: number): unknown {
  const json = whole.unpack(lists);
  if (!isObject(json)) return json;
  return {
    format: "driftwood",
    version,
    ...json,
    ...("actions" in json ? { actions: unpackActions(json.actions) } : {}),
  };
}
