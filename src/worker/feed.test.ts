import { describe, expect, test } from "vitest";
import { crowdedSetup, explore } from "../history/fixtures.ts";
import { History } from "../history/history.ts";
import { finish } from "../history/work.ts";
import { ms, setupOf } from "../world/fixtures.ts";
import { feedOf } from "./feed.ts";
import { calm, frameOf } from "./frame.ts";
import type { FeedFilter, FeedRow } from "./protocol/feed.ts";
import type { Requests } from "./protocol/requests.ts";

const everything: FeedFilter = { servers: [], kinds: [], routine: true };

const feedAt = (history: History, ask: Requests["feed"]["ask"]) => finish(feedOf(history, ask));

function explored(seed: number): History {
  const history = new History(crowdedSetup(seed, 5));
  explore(history, seed, 60);
  return history;
}

/** Page after page, from the present back to the start. */
function paged(history: History, filter: FeedFilter, limit: number): FeedRow[] {
  const rows: FeedRow[] = [];
  let before: number | null = null;
  for (;;) {
    const page: Requests["feed"]["answer"] = feedAt(history, { filter, before, limit });
    rows.push(...page.rows);
    if (!page.more) return rows;
    expect(page.from).toBeLessThan(before ?? Number.POSITIVE_INFINITY);
    before = page.from;
  }
}

const filters: readonly FeedFilter[] = [
  everything,
  { servers: [], kinds: [], routine: false },
  { servers: [2], kinds: [], routine: true },
  { servers: [], kinds: ["election", "fault"], routine: true },
  { servers: [1, 3], kinds: ["message"], routine: true },
];

describe("paging", () => {
  const history = explored(3);
  for (const filter of filters) {
    test(`gives every row exactly once, newest first: ${JSON.stringify(filter)}`, () => {
      const whole = feedAt(history, { filter, before: null, limit: 1_000_000 });
      expect(whole.more).toBe(false);
      expect(whole.rows.length).toBeGreaterThan(20);
      expect(new Set(whole.rows.map(({ id }) => id)).size).toBe(whole.rows.length);
      for (const limit of [1, 10, 37, 500]) expect(paged(history, filter, limit)).toEqual(whole.rows);
      const events = whole.rows.map(({ position }) => position.event);
      expect(events).toEqual(events.toSorted((a, b) => b - a));
    });
  }

  test("rows of one event stay together, so that a page may be a little longer than was asked", () => {
    for (const before of [null, 100, 57]) {
      const { rows } = feedAt(history, { filter: everything, before, limit: 20 });
      const oldest = rows.at(-1)!.position.event;
      const all = history.facts(oldest, oldest).length;
      expect(rows.filter(({ position }) => position.event === oldest)).toHaveLength(all);
      expect(rows.length).toBeGreaterThanOrEqual(20);
      expect(rows[0]!.position.event).toBeLessThan(before ?? Number.POSITIVE_INFINITY);
    }
  });

  test("starts at the present place, wherever that is", () => {
    const history = explored(3);
    history.visit(40);
    const { rows } = feedAt(history, { filter: everything, before: null, limit: 5 });
    expect(rows[0]!.position).toEqual(history.place);
  });

  test("before the first event there is nothing", () => {
    const history = new History(setupOf());
    expect(feedAt(history, { filter: everything, before: null, limit: 10 })).toEqual({
      rows: [],
      from: 1,
      more: false,
    });
  });

  test("a filter that finds little in a long run comes back with how far it has looked, and goes on from there", () => {
    const history = new History(setupOf());
    history.act({ do: "timeout", server: 1 });
    history.act({ do: "load", perSecond: 100 });
    history.advance(60_000 * ms);
    expect(history.place.event).toBeGreaterThan(40_000);
    const never: FeedFilter = { servers: [], kinds: ["violation"], routine: true };
    const { event } = history.place;
    const { rows: none, from, more } = feedAt(history, { filter: never, before: null, limit: 10 });
    expect([none, more]).toEqual([[], true]);
    expect(event - from).toBeGreaterThan(19_000);
    expect(from).toBeGreaterThan(1);
    expect(paged(history, never, 10)).toEqual([]);
    // Two acts and an election, at the very start.
    const early: FeedFilter = { servers: [], kinds: ["fault", "election"], routine: false };
    const rows = paged(history, early, 10);
    expect(rows.length).toBeGreaterThan(3);
    expect(rows.at(-1)!.position.event).toBe(1);
  });
});

describe("rows", () => {
  test("filters do what they say", () => {
    const history = explored(5);
    const ask = (filter: FeedFilter) => feedAt(history, { filter, before: null, limit: 1_000_000 }).rows;
    const all = ask(everything);
    expect(ask({ ...everything, routine: false })).toEqual(all.filter(({ routine }) => !routine));
    expect(ask({ ...everything, servers: [2, 4] })).toEqual(all.filter(({ server }) => [2, 4].includes(server)));
    expect(ask({ ...everything, kinds: ["disk"] })).toEqual(all.filter(({ kind }) => kind === "disk"));
  });

  test("each has its place, its sentence and its values", () => {
    const history = explored(5);
    for (const row of feedAt(history, { filter: everything, before: null, limit: 2000 }).rows) {
      expect(row.id).toMatch(new RegExp(`^${row.position.event}\\.\\d+$`));
      expect(row.text).toMatch(/^[A-Z].{5,}/);
      expect(row.section).toMatch(/^(|(§\d[\d.]*|Figure \d)(, (§\d[\d.]*|Figure \d))*)$/);
      expect(JSON.parse(JSON.stringify(row))).toStrictEqual(row);
    }
  });
});

describe("a row about a message", () => {
  test("says what it says, and after which event it is to be seen: wherever one looks", () => {
    const history = explored(5);
    const { rows } = feedAt(history, { filter: everything, before: null, limit: 100_000 });
    const about = rows.filter(({ message }) => message !== null);
    const kinds = new Set(about.map(({ text }) => /sent|received|lost|doubled|waits|Action/.exec(text)?.[0]));
    expect([...kinds].sort()).toEqual(["Action", "doubled", "lost", "received", "sent", "waits"]);
    // What waited for a paused server was taken from its link before it was received.
    const waited = new Set(about.filter(({ text }) => text.includes("waits for it")).map(({ message }) => message!.id));
    for (const { text, message, values, position } of about) {
      if (waited.has(message!.id) && text.includes(" received ")) continue;
      history.visit(message!.event);
      const { messages, lost } = frameOf(history, { logFrom: 1, logCount: 0 }, calm);
      const shown =
        messages.find(({ id }) => id === message!.id) ?? lost.find((one) => one.message.id === message!.id)?.message;
      expect(shown, `${position.event} ${text}`).toBeDefined();
      if (/^\S+ (sent|received)/.test(text)) expect(values).toEqual(shown!.fields);
    }
  });
});

describe("rows are found by words", () => {
  const history = explored(5);
  const { rows: all } = feedAt(history, { filter: everything, before: null, limit: 100_000 });
  const found = (words: string) =>
    feedAt(history, { filter: { ...everything, words }, before: null, limit: 100_000 }).rows;
  const having = (pattern: RegExp) =>
    all.filter(({ text, section, rule }) => pattern.test(`${text} ${section} ${rule}`));
  test("in any order, whatever their case, also of the rule behind", () => {
    expect(found(" ")).toEqual(all);
    expect(found("VOTED s3")).toEqual(having(/^(?=.*voted)(?=.*s3(?!\d))/i));
    expect(found("voted").length).toBeGreaterThan(0);
    expect(found("stable storage").length).toBeGreaterThan(found("stable storage disk s2").length);
    expect(found("nobody says this")).toEqual([]);
  });
  test("by a server, and by an entry, alone or among others", () => {
    expect(found("S2")).toEqual(having(/s2(?!\d)/i));
    const second = found("entry 2").map(({ text }) => text);
    const among = second.filter((text) => /entries 1–[2-9]/.test(text));
    expect(among.length).toBeGreaterThan(0);
    expect(second.length).toBeGreaterThan(among.length);
    for (const text of second) expect(text).toMatch(/entry 2(?!\d)|entries [12]–\d/);
  });
  test("a number is no part of a longer one", () => {
    const twelve = found("12");
    for (const { text, rule } of twelve) expect(`${text} ${rule}`).toMatch(/12(?!\d)/);
  });
});

describe("a run with several groups", () => {
  const twoGroups = (): History => {
    const history = new History(setupOf({ groups: 2 }));
    history.act({ do: "timeout", server: 1 });
    history.act({ do: "timeout", server: 2, group: 2 });
    history.advance(60_000);
    history.act({ do: "crash", server: 3 });
    return history;
  };
  const told = (filter: Partial<FeedFilter>) =>
    feedAt(twoGroups(), { filter: { ...everything, ...filter }, before: null, limit: 5000 }).rows.map(
      ({ text }) => text,
    );
  test("can be read one at a time, and then no server is said to be of it", () => {
    expect(told({}).some((text) => text.includes("S2 (group 2)"))).toBe(true);
    const second = told({ group: 2 });
    expect(second.some((text) => /^S\d \(group/.test(text))).toBe(false);
    expect(second.length).toBeGreaterThan(5);
    expect(told({ group: 1 }).length + second.length).toBeGreaterThanOrEqual(told({}).length);
  });
  test("what hits a machine concerns every group", () => {
    for (const group of [1, 2]) expect(told({ group })[0]).toContain("S3");
  });
});
