import * as v from "valibot";
import { type GroupId, type ServerId, toMillis } from "../base/units.ts";
import type { SingleChange } from "../raft/configuration.ts";
import { profiles } from "../raft/options.ts";
import type { Act, Action } from "../world/acts.ts";
import { type FaultName, faultNames } from "../world/faults/index.ts";
import type { KvOperation, ReadMode } from "../world/state/commands.ts";
import type { DirectedLink, MessageRef } from "../world/state/messages.ts";
import type { LinkSettings } from "../world/state/setup.ts";
import { faultForm, nemesisForm } from "./faults.ts";
import {
  anObject,
  client,
  complete,
  exactly,
  line,
  link,
  listOf,
  messageOf,
  messageRef,
  milliRange,
  millis,
  oneOf,
  probability,
  server,
  tuple,
  whole,
} from "./leaves.ts";
import { limits } from "./limits.ts";
import { clientName, endName, refName } from "./names.ts";
import { type OptionsJson, partsOf, reloadSchema, serverReloadSchema, writeOwnOptions } from "./options.ts";

/** What an act's fields look like in the file. Which ones an act has: `forms`. */
export interface ActFields {
  server?: string;
  leftMs?: number;
  byMs?: number;
  links?: (readonly [string, string])[];
  groups?: string[][];
  put?: readonly [string, string];
  get?: string;
  delete?: string;
  perSecond?: number;
  message?: string;
  mode?: string;
  latencyMs?: readonly [number, number];
  loss?: number;
  duplicate?: number;
  writeMs?: readonly [number, number];
  to?: string;
  changes?: (readonly [string, string])[];
  transition?: string;
  group?: number;
  bandwidth?: number;
  cas?: readonly [string, string | null, string];
  increment?: readonly [string, number];
  seed?: number;
  options?: OptionsJson;
  client?: string;
  read?: ReadMode;
  clients?: number;
  reads?: number;
  keys?: number;
  /** What a fault has besides. */
  readonly [parameter: string]: unknown;
}
export type ActionJson = { atMs: number; order?: number; do: Act["do"] } & ActFields;

type Named<Each extends Act, Kind extends Act["do"]> = Each extends Act
  ? Kind extends Each["do"]
    ? Each & { readonly do: Kind }
    : never
  : never;
/** The act of that name. */
type ActNamed<Kind extends Act["do"]> = Named<Act, Kind>;
interface Form<Kind extends Act["do"]> {
  /** Takes the fields besides atMs, order and do; gives the act. */
  readonly schema: v.GenericSchema<unknown, ActNamed<Kind>>;
  readonly write: (act: ActNamed<Kind>) => ActFields;
}

const links = listOf(link, 2 * limits.servers * limits.servers);
const word = line(1, limits.word);
const value = line(0, limits.word);
const delay = millis(0, limits.delayMs);
const delayRange = milliRange(0, limits.delayMs);

export const linkEntries = {
  latencyMs: delayRange,
  loss: v.exactOptional(probability),
  duplicate: v.exactOptional(probability),
  bandwidth: v.exactOptional(v.nullable(whole(1, limits.bandwidth))),
};

export function readLinkSettings(json: {
  readonly latencyMs: readonly [number, number];
  readonly loss?: number;
  readonly duplicate?: number;
  readonly bandwidth?: number | null;
}): LinkSettings {
  const [latencyMin, latencyMax] = json.latencyMs;
  const { loss = 0, duplicate = 0, bandwidth = null } = json;
  return { latencyMin, latencyMax, loss, duplicate, bandwidth };
}

export function writeLinkSettings(settings: LinkSettings) {
  return {
    latencyMs: [toMillis(settings.latencyMin), toMillis(settings.latencyMax)] as const,
    loss: settings.loss / 1_000_000,
    duplicate: settings.duplicate / 1_000_000,
    ...(settings.bandwidth === null ? {} : { bandwidth: settings.bandwidth }),
  };
}

/** The group is said only where it is not the first one. */
const group = v.exactOptional(whole(1, limits.groups));
const readGroup = (json: { readonly group?: GroupId }) => (json.group === undefined ? {} : { group: json.group });
const writeGroup = readGroup;

const inGroup = <Kind extends "timeout" | "heartbeat" | "compact" | "forget">(kind: Kind) => ({
  schema: v.pipe(
    exactly({ server, group }),
    v.transform((json) => ({ do: kind, server: json.server, ...readGroup(json) })),
  ),
  write: (act: { readonly server: ServerId; readonly group?: GroupId }): ActFields => ({
    server: endName(act.server),
    ...writeGroup(act),
  }),
});

const onMessage = <Kind extends "deliver" | "drop" | "duplicate">(kind: Kind) => ({
  schema: v.pipe(
    exactly({ message: messageRef }),
    v.transform((json) => ({ do: kind, message: json.message })),
  ),
  write: (act: { readonly message: MessageRef }): ActFields => ({ message: refName(act.message) }),
});

const linkNames = ([from, to]: DirectedLink): readonly [string, string] => [endName(from), endName(to)];

const pair = tuple('["key", "value"]', [word, value]);
const swap = tuple('["key", "expected" or null, "value"]', [word, v.nullable(value), value]);
const summand = tuple('["key", a whole number]', [word, whole(-limits.increment, limits.increment)]);

const read = v.exactOptional(oneOf(["log", "index", "lease", "stale"]));

const operationEntries = {
  put: v.exactOptional(pair),
  get: v.exactOptional(word),
  delete: v.exactOptional(word),
  cas: v.exactOptional(swap),
  increment: v.exactOptional(summand),
};
const requestEntries = {
  ...operationEntries,
  server: v.exactOptional(server),
  client: v.exactOptional(client),
  read,
};
type OperationJson = v.InferOutput<v.StrictObjectSchema<typeof operationEntries, undefined>>;

function readOperation(json: OperationJson): KvOperation | null {
  const operations: KvOperation[] = [];
  if (json.put !== undefined) operations.push({ op: "put", key: json.put[0], value: json.put[1] });
  if (json.get !== undefined) operations.push({ op: "get", key: json.get });
  if (json.delete !== undefined) operations.push({ op: "delete", key: json.delete });
  if (json.cas !== undefined)
    operations.push({ op: "cas", key: json.cas[0], expected: json.cas[1], value: json.cas[2] });
  if (json.increment !== undefined) operations.push({ op: "increment", key: json.increment[0], by: json.increment[1] });
  return operations.length === 1 ? (operations[0] ?? null) : null;
}

function writeOperation(operation: KvOperation): ActFields {
  switch (operation.op) {
    case "put":
      return { put: [operation.key, operation.value] };
    case "get":
      return { get: operation.key };
    case "delete":
      return { delete: operation.key };
    case "cas":
      return { cas: [operation.key, operation.expected, operation.value] };
    case "increment":
      return { increment: [operation.key, operation.by] };
  }
}

const request: Form<"request"> = {
  schema: v.pipe(
    exactly(requestEntries),
    v.rawTransform(({ dataset, addIssue, NEVER }) => {
      const operation = readOperation(dataset.value);
      const { server, client, read } = dataset.value;
      if (operation === null) {
        addIssue({ message: "expected exactly one of put, get, delete, cas and increment" });
        return NEVER;
      }
      if (read !== undefined && operation.op !== "get") {
        addIssue({ message: "expected read beside a get only" });
        return NEVER;
      }
      const rest = { ...(client === undefined ? {} : { client }), ...(read === undefined ? {} : { read }) };
      return { do: "request" as const, operation, ...(server === undefined ? {} : { server }), ...rest };
    }),
  ),
  write: ({ operation, server, client, read }) => ({
    ...writeOperation(operation),
    ...(server === undefined ? {} : { server: endName(server) }),
    ...(client === undefined ? {} : { client: clientName(client) }),
    ...(read === undefined ? {} : { read }),
  }),
};

const load: Form<"load"> = {
  schema: v.pipe(
    exactly({
      perSecond: whole(0, limits.load),
      clients: v.exactOptional(whole(1, limits.clients)),
      mode: v.exactOptional(oneOf(["open", "closed"])),
      reads: v.exactOptional(whole(0, 100)),
      keys: v.exactOptional(whole(1, limits.keys)),
      read,
    }),
    v.transform((json) => ({ do: "load" as const, ...json })),
  ),
  write: ({ do: _, ...order }) => order,
};

const network: Form<"network"> = {
  schema: v.pipe(
    exactly({
      mode: v.exactOptional(oneOf(["automatic", "manual"])),
      ...linkEntries,
      latencyMs: v.exactOptional(delayRange),
      links: v.exactOptional(links),
    }),
    v.check(
      ({ latencyMs, loss, duplicate, bandwidth }) =>
        latencyMs !== undefined || (loss === undefined && duplicate === undefined && bandwidth === undefined),
      "expected latencyMs beside loss, duplicate or bandwidth",
    ),
    v.transform((json) => ({
      do: "network" as const,
      ...(json.mode === undefined ? {} : { mode: json.mode }),
      ...(json.latencyMs === undefined ? {} : { link: readLinkSettings({ ...json, latencyMs: json.latencyMs }) }),
      ...(json.links === undefined ? {} : { links: json.links }),
    })),
  ),
  write: (act) => ({
    ...(act.mode === undefined ? {} : { mode: act.mode }),
    ...(act.link === undefined ? {} : writeLinkSettings(act.link)),
    ...(act.links === undefined ? {} : { links: act.links.map(linkNames) }),
  }),
};

const disk: Form<"disk"> = {
  schema: v.pipe(
    exactly({ writeMs: delayRange, server: v.exactOptional(server) }),
    v.transform(({ writeMs: [writeMin, writeMax], server }) => ({
      do: "disk" as const,
      disk: { writeMin, writeMax },
      ...(server === undefined ? {} : { server }),
    })),
  ),
  write: (act) => ({
    writeMs: [toMillis(act.disk.writeMin), toMillis(act.disk.writeMax)],
    ...(act.server === undefined ? {} : { server: endName(act.server) }),
  }),
};

const changeTypes = ["add", "remove", "learner", "update"] as const satisfies readonly SingleChange["type"][];

const singleChange = v.pipe(
  tuple('a change such as ["add", "S4"]', [oneOf(changeTypes, { promote: "add", delete: "remove" }), server]),
  v.transform(([type, id]): SingleChange => ({ type, server: id })),
);

const members: Form<"members"> = {
  schema: v.pipe(
    exactly({
      server,
      changes: listOf(singleChange, limits.servers),
      transition: v.exactOptional(oneOf(["auto", "implicit", "explicit"])),
      group,
    }),
    v.transform(({ server, changes, transition, ...json }) => ({
      do: "members" as const,
      server,
      changes,
      transition: transition ?? "auto",
      ...readGroup(json),
    })),
  ),
  write: ({ server, changes, transition, ...act }) => ({
    server: endName(server),
    changes: changes.map(({ type, server: id }) => [type, endName(id)] as const),
    ...(transition === "auto" ? {} : { transition }),
    ...writeGroup(act),
  }),
};

const changedOptions = (schema: typeof reloadSchema) =>
  exactly({
    server: v.exactOptional(server),
    options: v.pipe(
      schema,
      v.check((given) => Object.keys(given).length > 0, "expected at least one option"),
    ),
  });
const ofAll = changedOptions(reloadSchema);
const ofOne = changedOptions(serverReloadSchema);

/** Faults that links know from before there was a table: their names stand among the others. */
const known = ["crash", "restart", "pause", "resume", "cut", "mend", "partition", "heal", "clock"] as const;
type NewFault = Exclude<FaultName, (typeof known)[number]>;

/** All other faults, in the order of the table. */
function newFaultForms() {
  const names = faultNames.filter((name): name is NewFault => !known.some((old) => old === name));
  const forms = names.map((name) => [name, faultForm(name)] as const);
  return Object.fromEntries(forms) as unknown as { readonly [Name in NewFault]: Form<Name> };
}

/** One row per act: a new act does not compile until it has its form in the file. */
const forms: { readonly [Kind in Act["do"]]: Form<Kind> } = {
  crash: faultForm("crash"),
  restart: faultForm("restart"),
  pause: faultForm("pause"),
  resume: faultForm("resume"),
  timeout: inGroup("timeout"),
  heartbeat: inGroup("heartbeat"),
  timer: {
    schema: v.pipe(
      exactly({ server, leftMs: delay, group }),
      v.transform((json) => ({ do: "timer" as const, server: json.server, left: json.leftMs, ...readGroup(json) })),
    ),
    write: (act) => ({ server: endName(act.server), leftMs: toMillis(act.left), ...writeGroup(act) }),
  },
  cut: faultForm("cut"),
  mend: faultForm("mend"),
  partition: faultForm("partition"),
  heal: faultForm("heal"),
  request,
  load,
  deliver: onMessage("deliver"),
  drop: onMessage("drop"),
  duplicate: onMessage("duplicate"),
  delay: {
    schema: v.pipe(
      exactly({ message: messageRef, byMs: delay }),
      v.transform((json) => ({ do: "delay" as const, message: json.message, by: json.byMs })),
    ),
    write: (act) => ({ message: refName(act.message), byMs: toMillis(act.by) }),
  },
  network,
  disk,
  compact: inGroup("compact"),
  transfer: {
    schema: v.pipe(
      exactly({ server, to: server, group }),
      v.transform((json) => ({ do: "transfer" as const, server: json.server, to: json.to, ...readGroup(json) })),
    ),
    write: (act) => ({ server: endName(act.server), to: endName(act.to), ...writeGroup(act) }),
  },
  members,
  forget: inGroup("forget"),
  clock: faultForm("clock"),
  nemesis: nemesisForm,
  calm: {
    schema: v.pipe(
      exactly({ id: v.exactOptional(whole(1, limits.nemesis)) }),
      v.transform((json) => ({ do: "calm" as const, ...json })),
    ),
    write: ({ id }) => (id === undefined ? {} : { id }),
  },
  ...newFaultForms(),
  // Faults that come after it stand after it.
  reseed: {
    schema: v.pipe(
      exactly({ seed: whole(0, 2 ** 32 - 1) }),
      v.transform((json) => ({ do: "reseed" as const, ...json })),
    ),
    write: ({ seed }) => ({ seed }),
  },
  options: {
    schema: v.pipe(
      // Some options are for all servers alike.
      v.lazy((input) => (typeof input === "object" && input !== null && "server" in input ? ofOne : ofAll)),
      v.transform(({ server, options }) => ({
        do: "options" as const,
        options: partsOf(options),
        ...(server === undefined ? {} : { server }),
      })),
    ),
    write: ({ server, options }) => ({
      ...(server === undefined ? {} : { server: endName(server) }),
      options: writeOwnOptions(options, profiles.paper),
    }),
  },
};

/** Every act's name. The order is part of the link format: new names go to the end. */
export const actNames = Object.keys(forms) as readonly Act["do"][];

/** After how many events and acts of its instant. */
export const order = v.exactOptional(whole(0, 1_000_000));

/** What other tools, and people, call them. */
const alsoCalled: Readonly<Record<string, Act["do"]>> = {
  kill: "crash",
  stop: "crash",
  start: "restart",
  recover: "restart",
  freeze: "pause",
  disconnect: "isolate",
  connect: "mend",
  write: "request",
  put: "request",
  get: "request",
  snapshot: "compact",
};

const outerEntries = { atMs: millis(0, limits.runMs), order, do: oneOf(actNames, alsoCalled) };
const outerSchema = v.pipe(anObject, complete(outerEntries), v.looseObject(outerEntries));

/** One line of "actions": first when and what, then the fields that this act has, and no others. */
export const actionSchema: v.GenericSchema<unknown, Action> = v.pipe(
  outerSchema,
  v.rawTransform<v.InferOutput<typeof outerSchema>, Action>(({ dataset, addIssue, NEVER }) => {
    const { atMs, order, do: name, ...fields } = dataset.value;
    const schema: v.GenericSchema<unknown, Act> = forms[name].schema;
    const act = v.safeParse(schema, fields);
    if (act.success) return order === undefined ? { at: atMs, act: act.output } : { at: atMs, order, act: act.output };
    for (const issue of act.issues) {
      addIssue({ message: messageOf(issue), ...(issue.path === undefined ? {} : { path: issue.path }) });
    }
    return NEVER;
  }),
);

export function writeAction({ at, order, act }: Action): ActionJson {
  return { atMs: toMillis(at), ...(order === undefined ? {} : { order }), do: act.do, ...writeAct(act.do, act) };
}

/** `kind` is the act's own: it ties the row to the act for the compiler. */
function writeAct<Kind extends Act["do"]>(kind: Kind, act: ActNamed<Kind>): ActFields {
  return forms[kind].write(act);
}

/** The servers that an act names, each with its field. */
export function serversOf(act: Act): readonly (readonly [field: string, server: ServerId])[] {
  const named: (readonly [string, ServerId])[] = [];
  if ("server" in act && act.server !== undefined) named.push(["server", act.server]);
  if ("to" in act) named.push(["to", act.to]);
  if ("changes" in act) act.changes.forEach(({ server }, at) => void named.push([`changes[${at}]`, server]));
  if ("message" in act) named.push(["message", act.message.from], ["message", act.message.to]);
  if ("links" in act)
    act.links?.forEach((ends, at) => void named.push([`links[${at}]`, ends[0]], [`links[${at}]`, ends[1]]));
  if ("groups" in act)
    act.groups.forEach((group, at) => void named.push(...group.map((id) => [`groups[${at}]`, id] as const)));
  if ("servers" in act) act.servers?.forEach((id, at) => void named.push([`servers[${at}]`, id]));
  if (act.do === "nemesis") named.push(...serversOf({ do: act.fault, ...act.given } as Act));
  return named;
}
