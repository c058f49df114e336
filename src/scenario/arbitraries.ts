import fc from "fast-check";
import * as v from "valibot";
import type { ServerId } from "../base/units.ts";
import type { BranchRecord } from "../history/history.ts";
import { bugNames, bugOf } from "../raft/bugs/index.ts";
import { type ProfileName, profiles, type RaftOptions } from "../raft/options.ts";
import type { Act, Action, NemesisAct } from "../world/acts.ts";
import { type FaultAct, type FaultName, faultNames, faultOf } from "../world/faults/index.ts";
import type { Parameter } from "../world/faults/parameters.ts";
import type { KvOperation } from "../world/state/commands.ts";
import type { DirectedLink, MessageRef } from "../world/state/messages.ts";
import type { LinkSettings, ServerSetup, Setup } from "../world/state/setup.ts";
import { limits } from "./limits.ts";
import type { OptionJson, OptionRow } from "./option-kinds.ts";
import { optionRows, reloadOf } from "./option-rows.ts";
import { optionsSchema, partsOf, profileNames, readOptions } from "./options.ts";
import type { Recording } from "./recording.ts";

/** For property tests: recordings that the format can hold. */

const server = (count: number): fc.Arbitrary<ServerId> => fc.integer({ min: 1, max: count });
const delay = fc.integer({ min: 0, max: limits.delayMs * 1000 });
const ppm = fc.integer({ min: 0, max: 1_000_000 });
/** Printable characters of several scripts; nothing that the format strips. */
const text = (min: number, max: number) =>
  fc
    .array(fc.constantFrom(..."abz09 -_.,:;\"'\\/<>&{}[]=+@é中🦀"), { minLength: min, maxLength: max })
    .map((letters) => letters.join(""))
    .filter((word) => word.length >= min && word.length <= max);
const word = text(1, 20);

const ordered = (values: readonly [number, number]): readonly [number, number] =>
  values[0] <= values[1] ? values : [values[1], values[0]];
const range = fc.tuple(delay, delay).map(ordered);
const linkSettings: fc.Arbitrary<LinkSettings> = fc
  .tuple(range, ppm, ppm, fc.option(fc.integer({ min: 1, max: limits.bandwidth })))
  .map(([[latencyMin, latencyMax], ...others]) => {
    const [loss, duplicate, bandwidth] = others;
    return { latencyMin, latencyMax, loss, duplicate, bandwidth };
  });
const diskSettings = range.map(([writeMin, writeMax]) => ({ writeMin, writeMax }));

const ends = (count: number): fc.Arbitrary<DirectedLink> =>
  fc.tuple(fc.integer({ min: 0, max: count }), fc.integer({ min: 0, max: count })).filter(([from, to]) => from !== to);
const message = (count: number): fc.Arbitrary<MessageRef> =>
  fc
    .tuple(ends(count), fc.integer({ min: 1, max: 9999 }), fc.integer({ min: 0, max: 3 }))
    .map(([[from, to], ordinal, copy]) => ({ from, to, ordinal, copy }));
const operation: fc.Arbitrary<KvOperation> = fc.oneof(
  fc.record({ op: fc.constant("put" as const), key: word, value: text(0, 20) }),
  fc.record({ op: fc.constant("get" as const), key: word }),
  fc.record({ op: fc.constant("delete" as const), key: word }),
  fc.record({ op: fc.constant("cas" as const), key: word, expected: fc.option(text(0, 20)), value: text(0, 20) }),
  fc.record({ op: fc.constant("increment" as const), key: word, by: fc.integer({ min: -1_000_000, max: 1_000_000 }) }),
);
const client = fc.integer({ min: 1, max: limits.clients });
const read = fc.constantFrom("log", "index", "lease", "stale" as const);

const milli = (least: number, most: number) => fc.integer({ min: least * 1000, max: most * 1000 });

function anyValue(parameter: Parameter, count: number): fc.Arbitrary<unknown> {
  switch (parameter.is) {
    case "server":
      return server(count);
    case "servers":
      return fc.uniqueArray(server(count));
    case "links":
      return fc.array(ends(count), { maxLength: 6 });
    case "groups":
      return fc
        .array(fc.integer({ min: 0, max: 2 }), { minLength: count, maxLength: count })
        .map((sides) => [0, 1].map((side) => sides.flatMap((of, at) => (of === side ? [at + 1] : []))));
    case "time":
      return milli(parameter.least, parameter.most);
    case "times":
      return fc.tuple(milli(parameter.least, parameter.most), milli(parameter.least, parameter.most)).map(ordered);
    case "chance":
      return ppm;
    case "ppm":
    case "whole":
      return fc.integer({ min: parameter.least, max: parameter.most });
    case "raftGroup":
      return fc.constant(1);
    case "choice":
      return fc.constantFrom(...parameter.words.map(([word]) => word));
  }
}

/** Anything that the fault's parameters allow. */
function faultAct(name: FaultName, count: number): fc.Arbitrary<FaultAct> {
  const { parameters, wrong } = faultOf(name);
  const values = Object.entries(parameters).map(([key, parameter]) => [key, anyValue(parameter, count)] as const);
  const needed = Object.entries(parameters).flatMap(([key, { optional }]) => (optional ? [] : [key]));
  return fc
    .record(Object.fromEntries(values), { requiredKeys: needed })
    .map((fields) => ({ do: name, ...fields }) as unknown as FaultAct)
    .filter((act) => wrong?.(act) == null);
}

/** With some of the fault's parameters given. */
const nemesisAct = (fault: FaultName, count: number): fc.Arbitrary<NemesisAct> =>
  fc
    .tuple(fc.integer({ min: 1, max: 9 }), range, fc.option(range), faultAct(fault, count), fc.nat(3), fc.boolean())
    .map(([id, every, span, { do: _, ...all }, given, aimed]) => ({
      do: "nemesis",
      id,
      fault,
      every: [every[0] + 10_000, every[1] + 10_000],
      ...(span === null ? {} : { for: [span[0] + 1000, span[1] + 1000] as const }),
      ...(aimed ? { aim: "leader" as const } : {}),
      given: Object.fromEntries(Object.entries(all).filter(([key], at) => key !== "for" && at < given)),
    }));

/** One generator per act: a new act does not compile without one. */
const acts = (count: number, groups: number): { readonly [Kind in Act["do"]]: fc.Arbitrary<Act> } => {
  const inGroup = <Kind extends "timeout" | "heartbeat" | "compact" | "forget">(kind: Kind) =>
    fc.record({ do: fc.constant(kind), server: server(count), group }, { requiredKeys: ["do", "server"] });
  const group = fc.integer({ min: 1, max: groups });
  const links = fc.array(ends(count), { maxLength: 6 });
  const about = <Kind extends "deliver" | "drop" | "duplicate">(kind: Kind) =>
    message(count).map((ref) => ({ do: kind, message: ref }));
  return {
    timeout: inGroup("timeout"),
    heartbeat: inGroup("heartbeat"),
    timer: fc.record(
      { do: fc.constant("timer" as const), server: server(count), left: delay, group },
      { requiredKeys: ["do", "server", "left"] },
    ),
    ...(Object.fromEntries(faultNames.map((name) => [name, faultAct(name, count)])) as {
      readonly [Name in FaultName]: fc.Arbitrary<Act>;
    }),
    nemesis: fc.constantFrom(...faultNames).chain((name) => nemesisAct(name, count)),
    reseed: fc.record({ do: fc.constant("reseed" as const), seed: fc.integer({ min: 0, max: 2 ** 32 - 1 }) }),
    calm: fc.record({ do: fc.constant("calm" as const), id: fc.integer({ min: 1, max: 9 }) }, { requiredKeys: ["do"] }),
    request: fc
      .record(
        { do: fc.constant("request" as const), operation, server: server(count), client, read },
        { requiredKeys: ["do", "operation"] },
      )
      .map(({ read, ...act }) => (act.operation.op === "get" && read !== undefined ? { ...act, read } : act)),
    load: fc.record(
      {
        do: fc.constant("load" as const),
        perSecond: fc.integer({ min: 0, max: limits.load }),
        clients: client,
        mode: fc.constantFrom("open", "closed"),
        reads: fc.integer({ min: 0, max: 100 }),
        keys: fc.integer({ min: 1, max: limits.keys }),
        read,
      },
      { requiredKeys: ["do", "perSecond"] },
    ),
    deliver: about("deliver"),
    drop: about("drop"),
    duplicate: about("duplicate"),
    delay: fc.record({ do: fc.constant("delay" as const), message: message(count), by: delay }),
    network: fc.record(
      {
        do: fc.constant("network" as const),
        mode: fc.constantFrom("automatic" as const, "manual" as const),
        link: linkSettings,
        links,
      },
      { requiredKeys: ["do"] },
    ),
    disk: fc.record(
      { do: fc.constant("disk" as const), disk: diskSettings, server: server(count) },
      { requiredKeys: ["do", "disk"] },
    ),
    compact: inGroup("compact"),
    transfer: fc.record(
      { do: fc.constant("transfer" as const), server: server(count), to: server(count), group },
      { requiredKeys: ["do", "server", "to"] },
    ),
    members: fc.record(
      {
        do: fc.constant("members" as const),
        server: server(count),
        changes: fc.array(
          fc.record({ type: fc.constantFrom("add", "remove", "learner", "update"), server: server(count) }),
          { maxLength: 3 },
        ),
        transition: fc.constantFrom("auto", "implicit", "explicit"),
        group,
      },
      { requiredKeys: ["do", "server", "changes", "transition"] },
    ),
    forget: inGroup("forget"),
    options: optionsAct(count),
  };
};

const actionsOf = (count: number, groups: number, max: number): fc.Arbitrary<readonly Action[]> =>
  fc
    .array(
      fc.record(
        {
          at: fc.integer({ min: 0, max: 20_000_000 }),
          order: fc.integer({ min: 0, max: 50 }),
          act: fc.oneof(...Object.values(acts(count, groups))),
        },
        { requiredKeys: ["at", "act"] },
      ),
      { maxLength: max },
    )
    .map((list) => list.toSorted((a, b) => a.at - b.at));

/** Any values that the table of options allows, on top of a profile's. */
const optionsOf = (profile: ProfileName): fc.Arbitrary<RaftOptions> =>
  fc
    .record(Object.fromEntries(Object.entries<OptionRow>(optionRows).map(([name, row]) => [name, jsonOf(row)])), {
      requiredKeys: [],
    })
    .map((json) => readOptions(json, profiles[profile]));

function jsonOf({ kind }: OptionRow): fc.Arbitrary<OptionJson> {
  switch (kind.is) {
    case "flag":
      return fc.boolean();
    case "choice":
      return fc.constantFrom(...kind.words.map(([word]) => word));
    case "limit":
      return fc.option(fc.integer({ min: kind.least, max: kind.most }));
    case "time":
      return milliseconds(kind);
    case "range":
      return fc.tuple(milliseconds(kind), milliseconds(kind)).map(ordered);
  }
}

const milliseconds = ({ least, most }: { readonly least: number; readonly most: number }): fc.Arbitrary<number> =>
  fc.integer({ min: least * 1000, max: most * 1000 }).map((micros) => micros / 1000);

const setupOf = (count: number, groups: number, profile: ProfileName): fc.Arbitrary<Setup> =>
  fc.record({
    seed: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
    raft: optionsOf(profile),
    servers: fc
      .array(startOf(count), { minLength: count, maxLength: count })
      .map((list) => list.map((setup, at) => ({ ...setup, id: at + 1 })))
      .filter((list) => list.some(({ member = "voter" }) => member === "voter")),
    groups: fc.constant(groups),
    mode: fc.constantFrom("automatic", "manual"),
    link: linkSettings,
    disk: diskSettings,
    clients: fc.record({
      sessions: fc.boolean(),
      repeatAfter: delay,
      givesUpAfter: delay.map((micros) => Math.max(1000, micros)),
      sessionsMost: fc.integer({ min: 1, max: limits.sessions }),
    }),
    bugs: fc.uniqueArray(fc.constantFrom(...bugNames.map(bugOf)), { maxLength: 2 }),
  });

const startOf = (count: number): fc.Arbitrary<Omit<ServerSetup, "id">> =>
  fc
    .tuple(
      fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 8 }),
      fc.nat(3),
      fc.nat(count),
      fc.nat(8),
      fc.constantFrom(undefined, "voter" as const, "learner" as const, "none" as const),
      fc.oneof({ weight: 6, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: ownOptions }),
    )
    .map(([terms, ahead, votedFor, commit, member, options]) => {
      const log = terms.toSorted((a, b) => a - b);
      const start = { term: (log.at(-1) ?? 0) + ahead, votedFor, log, commit: Math.min(commit, log.length) };
      return { ...start, ...(member === undefined ? {} : { member }), ...(options === undefined ? {} : { options }) };
    });

/** Any values of those options. */
const valuesOf = (has: (row: OptionRow) => boolean): fc.Arbitrary<Partial<RaftOptions>> =>
  fc
    .record(
      Object.fromEntries(
        Object.entries<OptionRow>(optionRows).flatMap(([name, row]) =>
          has(row) ? [[name, jsonOf(row)] as const] : [],
        ),
      ),
      { requiredKeys: [] },
    )
    .map((json) => partsOf(v.parse(optionsSchema, json)));

/** Options that one server may have for itself, and those that may change while the run goes on. */
const alone = (row: OptionRow): boolean => reloadOf(row).shared === undefined;
const changing = (row: OptionRow): boolean => reloadOf(row).takes !== "never";
const ownOptions = valuesOf(alone);

const optionsAct = (count: number): fc.Arbitrary<Act> =>
  fc
    .oneof(
      fc.record({ do: fc.constant("options" as const), options: valuesOf(changing) }),
      fc.record({
        do: fc.constant("options" as const),
        options: valuesOf((row) => alone(row) && changing(row)),
        server: server(count),
      }),
    )
    .filter(({ options }) => Object.keys(options).length > 0);

/** Branches of the recording's own line, each sharing some of its actions. */
const branchesOf = (count: number, groups: number, own: readonly Action[]): fc.Arbitrary<readonly BranchRecord[]> =>
  fc.array(
    fc
      .tuple(fc.nat(own.length), actionsOf(count, groups, 4), fc.nat(20_000_000), text(0, 20))
      .map(([shared, actions, from, label]) => {
        const last = own[shared - 1]?.at ?? 0;
        const later = actions.map((action) => ({ ...action, at: action.at + last }));
        return { label, parent: 0, from, actions: [...own.slice(0, shared), ...later], end: from + last };
      }),
    { maxLength: 2 },
  );

const someConditions = ["S1 leads", "term >= 4 and not S2 votes for S1"];

const recordingOf = (count: number, groups: number): fc.Arbitrary<Recording> =>
  fc.tuple(actionsOf(count, groups, 12), fc.constantFrom(...profileNames)).chain(([actions, profile]) =>
    fc.record({
      title: text(0, 40),
      notes: text(0, 40).map((notes) => `${notes}\n\t${notes}`),
      preset: fc.constantFrom("", "first-election"),
      profile: fc.constant(profile),
      setup: setupOf(count, groups, profile),
      actions: fc.constant(actions),
      bookmarks: fc.array(
        fc.record(
          { at: fc.nat(20_000_000), label: text(1, 20), when: fc.constantFrom(...someConditions) },
          { requiredKeys: ["at", "label"] },
        ),
        { maxLength: 3 },
      ),
      view: fc.option(
        fc.record(
          {
            at: fc.nat(20_000_000),
            select: fc.constantFrom("", "S1", "S1>C", "C>S1#2", "S1>C#4.1"),
            speed: fc.constantFrom(0.001, 0.02, 1, 100),
            play: fc.boolean(),
            group: fc.integer({ min: 1, max: groups }),
            order: fc.nat(50),
            seen: fc.record({ engine: fc.nat(9), hash: fc.constantFrom("0123456789abcdef", "ffffffffffffffff") }),
          },
          { requiredKeys: ["at", "select", "speed", "play"] },
        ),
      ),
      end: fc.nat(20_000_000),
      branches: branchesOf(count, groups, actions),
      branch: fc.constant(0),
    }),
  );

const sought = fc.record({ when: fc.constantFrom(...someConditions), label: text(1, 20) });

export const anyRecording: fc.Arbitrary<Recording> = fc
  .tuple(fc.integer({ min: 1, max: limits.servers }), fc.constantFrom(1, 1, 2, limits.groups))
  .chain(([count, groups]) => fc.tuple(recordingOf(count, groups), fc.array(sought, { maxLength: 2 })))
  .map(([recording, some]) => (some.length === 0 ? recording : { ...recording, sought: some }));
