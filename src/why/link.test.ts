import { expect, test } from "vitest";
import type { ServerId } from "../base/units.ts";
import { runSchedule } from "../check/fuzz/schedule.ts";
import { setupFor } from "../check/fuzz/setups.ts";
import { Causes } from "../history/causes/causes.ts";
import { History } from "../history/history.ts";
import { type Moment, unobserved } from "../history/moment.ts";
import { Rerun } from "../history/rerun.ts";
import { finish } from "../history/work.ts";
import { lastIndex } from "../raft/log.ts";
import { presets } from "../scenario/presets/index.ts";
import { linkOf } from "../world/network.ts";
import { replicaOf } from "../world/replicas.ts";
import type { DirectedLink } from "../world/state/messages.ts";
import type { World } from "../world/types.ts";
import { linkNow, linkWaits } from "./link.ts";
import { whyOf } from "./why.ts";

/** What is said of a link, held against the state in which it is said, of fuzzed runs. */

const clock = (at: number): string => `${(Math.floor(at / 1000) / 1000).toFixed(3)} s`;
const linksOf = ({ setup }: World): DirectedLink[] =>
  setup.servers.flatMap(({ id: a }) => setup.servers.flatMap(({ id: b }) => (a === b ? [] : [[a, b] as const])));
const onIt = ({ packets }: World, [from, to]: DirectedLink) =>
  packets.filter(({ ref }) => ref.from === from && ref.to === to);
const server = (world: World, id: string | undefined) => replicaOf(world, Number(id) as ServerId)!.raft;

type Check = (world: World, link: DirectedLink, ...found: (string | undefined)[]) => boolean;
const claims: readonly [RegExp, Check][] = [
  [
    /^(open|cut): (.+); (nothing|\d+) (?:message )?(?:messages )?(?:is|are) on it$/,
    (world, link, state, how, count) => {
      const { up, settings, overlay } = linkOf(world, ...link);
      const loss = overlay?.loss ?? settings.loss;
      const told = /([\d.]+) % are lost/.exec(how!)?.[1];
      return (
        up === (state === "open") &&
        (!up || Number(told ?? 0) * 10_000 === loss) &&
        onIt(world, link).length === Number(count === "nothing" ? 0 : count)
      );
    },
  ],
  [/^(\d+) more messages? (?:is|are) on it$/, (world, link, count) => onIt(world, link).length === 3 + Number(count)],
  [
    / is lost on its way, at (.+)$/,
    (world, link, at) => onIt(world, link).some(({ lost, dueAt }) => lost !== null && clock(dueAt!) === at),
  ],
  [
    / arrives at (.+)$/,
    (world, link, at) => onIt(world, link).some(({ lost, dueAt }) => lost === null && clock(dueAt!) === at),
  ],
  [/^It stays cut until somebody mends it$/, (world, link) => !linkOf(world, ...link).up && !ends(world, link)],
  [/^It opens again at .+$/, (world, link) => !linkOf(world, ...link).up && ends(world, link)],
  [
    /^As far as S(\d) knows, S(\d) lacks entr(?:y|ies) (\d+)(?:–(\d+))?$/,
    (world, _, from, to, first, last) => {
      const { role, log, progress } = server(world, from);
      const match = progress[Number(to)]?.match ?? 0;
      return role === "leader" && match + 1 === Number(first) && lastIndex(log) === Number(last ?? first);
    },
  ],
  [
    /^S(\d) has no answer from S(\d) yet, whom it asks for its (?:promise of a )?vote$/,
    (world, _, from, to) =>
      server(world, from).role.endsWith("andidate") && server(world, from).votes[Number(to)] === undefined,
  ],
];
/** Something that the world has in its list will open it. */
const ends = ({ appointments }: World, [from, to]: DirectedLink): boolean =>
  appointments.some(({ targets }) =>
    targets.some((each) => each.on === "link" && each.link[0] === from && each.link[1] === to),
  );

test("what a link does, and what waits for it, is so", () => {
  const wrong = new Set<string>();
  const reached = new Set<RegExp>();
  for (const seed of [2, 3, 5, 18, 29]) {
    const stepped = (world: World): void => {
      if (world.events % 7 !== 0) return;
      for (const link of linksOf(world))
        for (const text of [linkNow(world, link, 1), ...linkWaits(world, link, 1)]) {
          const found = claims.find(([pattern]) => pattern.test(text));
          if (found !== undefined) reached.add(found[0]);
          const [, ...parts] = found?.[0].exec(text) ?? [];
          if (!found?.[1](world, link, ...parts)) wrong.add(`seed ${seed}, event ${world.events}, ${link}: ${text}`);
        }
    };
    runSchedule(setupFor(seed), seed, { ears: { stepped } });
  }
  expect([...wrong].slice(0, 5)).toEqual([]);
  expect(claims.flatMap(([pattern]) => (reached.has(pattern) ? [] : [String(pattern)]))).toEqual([]);
});

test("since when it is cut is so, and what cut it was done then, or began", () => {
  let cut = 0;
  for (const seed of [3, 5, 14]) {
    const setup = setupFor(seed);
    const { actions, end, troubles } = runSchedule(setup, seed);
    const until = Math.min(end, (troubles.at(-1)?.at ?? end) + 1);
    const history = new History(setup, actions, until);
    history.advance(until);
    const ups = new Map<string, boolean>();
    const switched = new Map<string, number>();
    const after = ({ world }: Moment): void => {
      for (const link of linksOf(world)) {
        const { up } = linkOf(world, ...link);
        if (up !== (ups.get(link.join()) ?? true)) switched.set(link.join(), world.now);
        ups.set(link.join(), up);
      }
    };
    finish(new Rerun(history).known({ ...unobserved, after, forget: () => {} }));
    const causes = new Causes(history);
    for (const link of linksOf(history.world)) {
      const { sentence } = finish(whyOf(history, causes, { kind: "link", link, group: 1 }))!;
      const { up } = linkOf(history.world, ...link);
      const since = /has been (cut|open again) since (\S+ s)/.exec(sentence);
      expect(since?.[1] === "cut", sentence).toBe(!up);
      if (since === null) continue;
      cut += up ? 0 : 1;
      expect(since[2]).toBe(clock(switched.get(link.join())!));
      expect(sentence).toMatch(/: (?:Action|Nemesis \d+|Over)\b/);
    }
  }
  expect(cut).toBeGreaterThan(2);
});

test("in a partition a link says which act cut it, and what its sender does not know", () => {
  const { recording } = presets.find(({ id }) => id === "minority-partition")!;
  const history = new History(recording.setup, recording.actions, recording.end);
  history.seek(600_000);
  const of = (link: DirectedLink) => finish(whyOf(history, new Causes(history), { kind: "link", link, group: 1 }))!;
  expect(of([1, 4])).toMatchObject({
    about: "S1>S4",
    now: "cut: what is sent is lost; nothing is on it",
    sentence: "The link from S1 to S4 has been cut since 0.100 s: Action: partition: S1, S2 and S3 | S4 and S5",
    waitsFor: ["It stays cut until somebody mends it", "As far as S1 knows, S4 lacks entries 1–2"],
  });
  expect(of([1, 2]).sentence).toMatch(/^S2 received from S1 AppendEntries/);
  history.seek(1000);
  expect(of([1, 2]).sentence).toBe("Nothing has happened on the link from S1 to S2");
});
