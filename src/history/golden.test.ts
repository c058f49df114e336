import { expect, test } from "vitest";
import type { ServerId } from "../base/units.ts";
import { profiles } from "../raft/options.ts";
import type { Act } from "../world/acts.ts";
import type { Fact } from "../world/facts.ts";
import { ms, put, request, setupOf } from "../world/fixtures.ts";
import type { MessageRef, Payload } from "../world/state/messages.ts";
import type { Setup } from "../world/state/setup.ts";
import { History } from "./history.ts";

/**
 * Whole stories, told by every fact that they consist of, in texts beside this file. A change of a text is a change of
 * the algorithm: only somebody who can say why it had to change writes it anew (`vitest run -u src/history/golden`).
 */

type Line = readonly [who: ServerId, what: string];

const name = (id: ServerId): string => (id === 0 ? "C" : `S${id}`);

/** "+12.000  S2  voteGranted to=1 term=1 own=0/0": milliseconds, server, what. Null: of no interest here. */
function printed(fact: Fact): string | null {
  const line = lineOf(fact);
  return line && `${(fact.at / ms).toFixed(3).padStart(9)}  ${name(line[0])}${groupOf(fact)}  ${line[1]}`;
}

/** "S1/2": S1 in group 2, where there are several. */
const groupOf = ({ group }: Fact): string => (group === undefined ? "" : `/${group}`);

function lineOf(fact: Fact): Line | null {
  switch (fact.kind) {
    case "sent":
      return [fact.payload.from, `→ ${name(fact.payload.to)} ${message(fact.payload)} (${ordinal(fact.ref)})`];
    case "received":
      return [fact.payload.to, `← ${name(fact.payload.from)} ${message(fact.payload)} (${ordinal(fact.ref)})`];
    case "lost":
      return [fact.payload.to, `lost: ${message(fact.payload)} (${ordinal(fact.ref)}), ${fact.reason}`];
    case "decided": {
      const { server, kind, ...values } = fact.decision;
      return kind === "timerReset" ? null : [server, `· ${kind} ${fields(values)}`];
    }
    case "acted": {
      const { do: what, ...values } = fact.act;
      return [0, `! ${what} ${fields(values)}`];
    }
    case "requestAsked":
    case "requestAnswered":
    case "requestRedirected":
    case "requestGivenUp":
    case "duplicated":
    case "violated":
    case "noMajority":
    case "entryLost":
    case "ended":
      return [0, rest(fact)];
    default: {
      const { server, ...values } = fact;
      return [server, rest(values)];
    }
  }
}

function rest({
  kind,
  ...values
}: {
  readonly kind: string;
  readonly at: number;
  readonly event: number;
  readonly group?: number;
}): string {
  const { at: _, event: __, group: ___, ...others } = values;
  return `· ${kind} ${fields(others)}`;
}

const ordinal = ({ ordinal: number, copy }: MessageRef): string => `#${number}${copy === 0 ? "" : `.${copy}`}`;

function message(payload: Payload): string {
  const { type, from: _, to: __, ...values } = payload;
  return `${type} ${fields(values)}`;
}

/** "term=3 own=2/1 on=1,2": log ends as index/term, entries by index/term. */
const fields = (values: object): string =>
  Object.entries(values)
    .map(([key, value]) => `${key}=${text(value)}`)
    .join(" ");

function text(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(text).join(" ")}]`;
  if (typeof value !== "object" || value === null) return String(value);
  if ("index" in value && "term" in value) return `${value.index}/${value.term}`;
  return Object.values(value).map(text).join(":");
}

/** The story from the first act on to `until`, acts at their times. */
function told(setup: Setup, acts: readonly (readonly [at: number, act: Act])[], until: number): string {
  const actions = acts.map(([at, act]) => ({ at: at * ms, act }));
  const history = new History(setup, actions, until * ms);
  history.advance(until * ms);
  expect(history.world.violation).toBeNull();
  const lines = history.facts(1, history.place.event).flatMap((fact) => printed(fact) ?? []);
  return `${lines.join("\n")}\n`;
}

const timeout = (server: ServerId): Act => ({ do: "timeout", server });

test("§5.2 the first election of three servers, and the leader's first heartbeat", async () => {
  const story = told(setupOf(), [[0, timeout(1)]], 43);
  await expect(story).toMatchFileSnapshot("golden/first-election.txt");
});

test("§5.3 a write: to the leader, to the followers, committed, answered, and committed on the followers", async () => {
  const write = request(put("x", "1"), 1);
  const story = told(
    setupOf(),
    [
      [0, timeout(1)],
      [75, write],
    ],
    137,
  );
  await expect(story.slice(story.indexOf("   75.000"))).toMatchFileSnapshot("golden/a-write.txt");
});

test("§5.3 log repair: nextIndex backs up by one until the logs agree, then the follower's tail is replaced", async () => {
  const setup = setupOf({
    logs: [
      [1, 1, 4, 4],
      [1, 1, 4, 4],
      [1, 2, 2, 3, 3],
    ],
  });
  const story = told(setup, [[0, timeout(1)]], 128);
  await expect(story).toMatchFileSnapshot("golden/log-repair.txt");
});

test("§5.2 the leader crashes with a write that nobody else has; another is elected; it comes back and follows", async () => {
  const story = told(
    setupOf(),
    [
      [0, timeout(1)],
      [60, request(put("x", "1"), 1)],
      [70.5, { do: "crash", server: 1 }],
      [100, timeout(2)],
      [130, { do: "restart", server: 1 }],
    ],
    206,
  );
  await expect(story.slice(story.indexOf("   60.000"))).toMatchFileSnapshot("golden/crash-and-re-election.txt");
});

test("two groups: their votes share the links, their writes wait for one disk, and each has its leader", async () => {
  const story = told(
    setupOf({ groups: 2, disk: { writeMin: 4 * ms, writeMax: 4 * ms } }),
    [
      [0, timeout(1)],
      [1, { do: "timeout", server: 1, group: 2 }],
      [60, { do: "crash", server: 1 }],
    ],
    61,
  );
  await expect(story).toMatchFileSnapshot("golden/two-groups.txt");
});

test("D §6.2 a leader on a slow clock steps down late: it counts its election timeout by itself", async () => {
  const raft = { ...profiles.paper, checkQuorum: true, electionTimeoutMin: 100 * ms, electionTimeoutMax: 100 * ms };
  const story = told(
    setupOf({ raft, link: { latencyMin: 1 * ms, latencyMax: 1 * ms } }),
    [
      [0, timeout(1)],
      [5, { do: "clock", server: 1, drift: -500_000 }],
      [6, { do: "partition", groups: [[1], [2, 3]] }],
    ],
    420,
  );
  const lines = story.split("\n").filter((line) => /S1 .*(quorum|election)|! /.test(line));
  await expect(`${lines.join("\n")}\n`).toMatchFileSnapshot("golden/slow-clock.txt");
});
