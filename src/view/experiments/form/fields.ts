import { shownBugs } from "../../../store/bugs.ts";
import { type OptionJson, profileValues, shownGroups } from "../../../store/options.ts";
import { deedsOf, type FactorJson, factorsOf, type Json, runOf } from "./json.ts";

/** What can be varied, with values to begin with. */

interface Group {
  readonly title: string;
  readonly fields: readonly FactorJson[];
}

const cluster: readonly FactorJson[] = [
  { title: "servers", set: "run.servers", to: [3, 5, 7] },
  {
    title: "network",
    set: "run.network.latencyMs",
    to: [
      [1, 2],
      [10, 15],
      [50, 60],
    ],
  },
  { title: "messages lost", set: "run.network.loss", to: [0, 0.01, 0.05, 0.2], labels: ["none", "1 %", "5 %", "20 %"] },
  {
    title: "disk",
    set: "run.disk.writeMs",
    to: [
      [1, 3],
      [10, 20],
      [50, 60],
    ],
  },
];

/** Acts of the run and what happens in it, of one kind, with their places in the file. */
function actsOf(json: Json, kind: string): readonly (readonly [place: string, act: Json])[] {
  const acts = (runOf(json)["actions"] ?? []) as readonly unknown[];
  const own = (list: readonly unknown[], name: string) =>
    list.flatMap((act, at): (readonly [string, Json])[] =>
      typeof act === "object" && act !== null && Reflect.get(act, "do") === kind
        ? [[`${name}[${at}]`, act as Json]]
        : [],
    );
  return [...own(acts, "run.actions"), ...own(deedsOf(json), "happens")];
}

const loads = (json: Json): readonly FactorJson[] =>
  actsOf(json, "load").map(([place]) => ({
    title: "requests per second",
    set: `${place}.perSecond`,
    to: [10, 100, 1000],
  }));

/** How often a nemesis strikes, and how long it holds. */
const nemeses = (json: Json): readonly FactorJson[] =>
  actsOf(json, "nemesis").flatMap(([place, { fault }]) => [
    {
      title: `${fault} every`,
      set: `${place}.everyMs`,
      to: [
        [500, 1000],
        [1000, 4000],
        [4000, 8000],
      ],
    },
    {
      title: `${fault} for`,
      set: `${place}.forMs`,
      to: [
        [100, 500],
        [500, 2000],
        [2000, 4000],
      ],
    },
  ]);

/** Around the value that it has. */
function valuesFor(kind: string, now: OptionJson, words: readonly string[]): readonly unknown[] {
  switch (kind) {
    case "flag":
      return [false, true];
    case "choice":
      return words;
    case "range":
      return Array.isArray(now) ? [now, now.map((value: number) => value * 2)] : [now];
    case "time":
      return typeof now === "number" ? [now / 2, now, now * 2] : [now];
    default:
      return typeof now === "number" ? [...new Set([Math.max(1, Math.round(now / 4)), now, now * 4])] : [null, 64, 8];
  }
}

function options(json: Json): readonly Group[] {
  const { profile, options: own } = runOf(json) as { profile?: keyof typeof profileValues; options?: Json };
  const base = profileValues[profile ?? "paper"] ?? profileValues.paper;
  return shownGroups.map(({ title, options: shown }) => ({
    title,
    fields: shown.map(({ name, title: words, kind }) => {
      const texts = kind.is === "choice" ? kind.words : [];
      const now = (own?.[name] as OptionJson | undefined) ?? base[name];
      const to = valuesFor(
        kind.is,
        now,
        texts.map(([word]) => word),
      );
      const labels = kind.is === "choice" ? { labels: texts.map(([, text]) => text) } : {};
      return { title: words[0]!.toLowerCase() + words.slice(1), set: `run.options.${name}`, to, ...labels };
    }),
  }));
}

/** Everything that can be varied and is not yet, by groups. */
export function fieldsFor(json: Json): readonly Group[] {
  const varied = factorsOf(json).map(({ set }) => set);
  const bugs = shownBugs.flatMap(({ bugs: all }) => all);
  const broken = bugs.map(({ name, title }) => ({
    title: "rule that is off",
    set: "run.bugs",
    to: [[], [name]],
    labels: ["none", title],
  }));
  return [
    { title: "Cluster", fields: [...cluster, ...loads(json), ...nemeses(json)] },
    ...options(json),
    { title: "A rule is off", fields: broken },
  ]
    .map(({ title, fields }) => ({ title, fields: fields.filter(({ set }) => !varied.includes(set)) }))
    .filter(({ fields }) => fields.length > 0);
}

/** What can happen in every run. */
export const deeds: readonly { readonly title: string; readonly deed: Json }[] = [
  { title: "the leader crashes", deed: { once: "leader", waitMs: [200, 250], do: "crash", server: "leader" } },
  { title: "a follower crashes", deed: { once: "leader", waitMs: [200, 250], do: "crash", server: "follower" } },
  {
    title: "the leader is cut off",
    deed: { once: "leader", waitMs: [200, 250], do: "isolate", servers: ["leader"], way: "both" },
  },
  { title: "the partition heals", deed: { waitMs: [1000, 1050], do: "heal" } },
  { title: "everything is repaired", deed: { waitMs: [1000, 1050], do: "repair" } },
  { title: "clients ask, 100 times a second", deed: { once: "leader", do: "load", perSecond: 100 } },
  {
    title: "servers crash again and again",
    deed: { once: "leader", do: "nemesis", id: 1, fault: "crash", everyMs: [1000, 4000], forMs: [500, 2000] },
  },
  {
    title: "the network is split again and again",
    deed: { once: "leader", do: "nemesis", id: 2, fault: "partition", everyMs: [1000, 4000], forMs: [500, 2000] },
  },
  { title: "half a second passes", deed: { waitMs: [500, 500] } },
];

type MeasureKey = "until" | "that" | "percentile" | "of" | "withinMs";
interface MeasureForm {
  readonly title: string;
  readonly json: Json;
  readonly fields: readonly MeasureKey[];
}
/** What can be measured. */
export const measures: Readonly<Record<string, MeasureForm>> = {
  time: { title: "time until …", json: { what: "time", until: "leader" }, fields: ["until"] },
  chance: { title: "probability that …", json: { what: "chance", that: "violation" }, fields: ["that"] },
  elections: { title: "elections until a server leads", json: { what: "elections" }, fields: [] },
  commitLatency: {
    title: "commit latency",
    json: { what: "commitLatency", percentile: 50 },
    fields: ["percentile"],
  },
  latency: { title: "latency of requests", json: { what: "latency", percentile: 50 }, fields: ["percentile", "of"] },
  throughput: { title: "requests answered per second", json: { what: "throughput" }, fields: ["of"] },
  commitRate: { title: "entries committed per second", json: { what: "commitRate" }, fields: [] },
  availability: {
    title: "share of requests answered in time",
    json: { what: "availability", withinMs: 1000 },
    fields: ["withinMs"],
  },
  messagesPerCommit: { title: "messages per committed entry", json: { what: "messagesPerCommit" }, fields: [] },
  catchUp: { title: "time to catch up", json: { what: "catchUp" }, fields: [] },
  disorder: { title: "probability of a wrong history", json: { what: "disorder" }, fields: [] },
};
