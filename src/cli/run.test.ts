import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { History } from "../history/history.ts";
import { parseRecording } from "../scenario/format.ts";
import { encodeLink } from "../scenario/link.ts";
import type { Recording } from "../scenario/recording.ts";
import { program } from "./program.ts";
import { run } from "./run.ts";
import { Usage } from "./usage.ts";

const story = {
  format: "driftwood",
  version: 1,
  title: "A write",
  seed: 7,
  servers: 3,
  network: { latencyMs: [10, 10] },
  disk: { writeMs: [1, 1] },
  actions: [
    { atMs: 0, do: "timeout", server: "S1" },
    { atMs: 100, do: "request", put: ["x", "1"], server: "S1" },
    { atMs: 300, do: "crash", server: "S3" },
  ],
  endMs: 305,
};
const inconsistent = {
  format: "driftwood",
  version: 1,
  servers: [
    { id: "S1", log: [1, 2] },
    { id: "S2", log: [2, 2] },
  ],
};

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "recordings-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function fileOf(content: unknown): Promise<string> {
  const file = join(folder, "run.raft.json");
  await writeFile(file, typeof content === "string" ? content : JSON.stringify(content));
  return file;
}

/** What `run` prints, line by line, and its exit code. */
async function printed(...args: readonly string[]): Promise<{ code: number; lines: string[] }> {
  const lines: string[] = [];
  const log = vi.spyOn(console, "log").mockImplementation((line: string) => void lines.push(line));
  try {
    return { code: await run(args), lines };
  } finally {
    log.mockRestore();
  }
}
const state = async (...args: readonly string[]) => JSON.parse((await printed(...args)).lines.at(-1)!);

describe("run FILE --print state", () => {
  test("says what took the run out of the faults under which Raft promises safety", async () => {
    const lost = [
      { atMs: 200, do: "corruptEntry", server: "S1", found: "truncates" },
      { atMs: 210, do: "crash", server: "S1" },
      { atMs: 220, do: "restart", server: "S1" },
    ];
    const { outside } = await state(await fileOf({ ...story, actions: [...story.actions.slice(0, 2), ...lost] }));
    expect(outside).toBe("S1 discarded entries that it had stored");
  });

  test("the last line is one JSON object of the documented shape", async () => {
    const { code, lines } = await printed(await fileOf(story), "--print", "state");
    expect(code).toBe(0);
    const found = JSON.parse(lines.at(-1)!);
    expect(Object.keys(found)).toEqual(["atMs", "hash", "servers", "messages", "refused", "violations", "promises"]);
    expect(found).toMatchObject({ atMs: 305, hash: expect.stringMatching(/^[0-9a-f]{16}$/), violations: [] });
    expect(found.servers.S1).toEqual({
      status: "up",
      role: "leader",
      term: 1,
      votedFor: "S1",
      leader: "S1",
      commitIndex: 1,
      lastApplied: 1,
      configuration: { voters: ["S1", "S2", "S3"], learners: [] },
      log: [{ index: 1, term: 1, command: "put x=1" }],
      nextIndex: { S2: 2, S3: 2 },
      matchIndex: { S2: 1, S3: 1 },
      progress: {
        S2: { state: "probe", paused: false, inflight: 0 },
        S3: { state: "probe", paused: false, inflight: 0 },
      },
      kv: { x: "1" },
    });
    expect(found.servers.S3).toMatchObject({ status: "down" });
    expect(Object.keys(found.servers.S2)).not.toContain("nextIndex");
    expect(Object.keys(found.servers.S3)).not.toEqual(expect.arrayContaining(["role", "leader"]));
  });

  test("who belongs to the cluster, what entries are, and what came to nothing", async () => {
    const file = await fileOf({
      ...story,
      profile: "etcd",
      servers: [{ id: "S1" }, { id: "S2" }, { id: "S3" }, { id: "S4", member: "none" }],
      actions: [
        { atMs: 0, do: "timeout", server: "S1" },
        { atMs: 100, do: "members", server: "S1", changes: [["learner", "S4"]] },
        { atMs: 200, do: "drop", message: "S1>S3#99" },
      ],
    });
    const { servers, refused } = await state(file);
    expect(servers.S1.configuration).toEqual({ voters: ["S1", "S2", "S3"], learners: ["S4"] });
    expect(servers.S1.log).toEqual([
      { index: 1, term: 1, noOp: true },
      { index: 2, term: 1, config: [["learner", "S4"]] },
    ]);
    expect(servers.S1.progress.S4).toEqual({ state: "replicate", paused: false, inflight: 0 });
    expect(refused).toEqual([{ atMs: 200, text: "Nothing was done (drop S1>S3#99): that message is not under way" }]);
  });

  test("with several groups, every server in each of them, and whose a message is", async () => {
    const found = await state(await fileOf({ ...story, groups: 2 }), "--until", "250ms");
    expect(Object.keys(found.groups)).toEqual(["1", "2"]);
    expect(found.groups["1"]).toEqual(found.servers);
    expect(found.servers.S1).toMatchObject({ role: "leader", kv: { x: "1" } });
    expect(found.groups["2"].S1).toMatchObject({ kv: {} });
    const [first] = (await state(await fileOf({ ...story, groups: 2 }), "--until", "5ms")).messages;
    expect(first).toMatchObject({ ref: "S1>S2#1", group: 1 });
  });

  test("a log whose beginning a snapshot has replaced", async () => {
    const compacted = [...story.actions.slice(0, 2), { atMs: 250, do: "compact", server: "S1" }];
    const { servers } = await state(await fileOf({ ...story, actions: compacted, endMs: 260 }));
    expect(servers.S1).toMatchObject({ snapshot: { index: 1, term: 1 }, log: [] });
    expect(Object.keys(servers.S2)).not.toContain("snapshot");
  });

  test("messages under way, with their names and times", async () => {
    const { messages } = await state(await fileOf(story), "--until", "5ms");
    expect(messages).toEqual([
      { ref: "S1>S2#1", type: "RequestVote", from: "S1", to: "S2", term: 1, sentAtMs: 1, arrivesAtMs: 11 },
      { ref: "S1>S3#1", type: "RequestVote", from: "S1", to: "S3", term: 1, sentAtMs: 1, arrivesAtMs: 11 },
    ]);
    const client = await state(await fileOf(story), "--until", "105ms");
    expect(client.messages).toContainEqual(
      expect.objectContaining({ ref: "C>S1#1", type: "ClientRequest", from: "C", term: 0 }),
    );
  });

  test("messages that wait for somebody have no time of arrival", async () => {
    const { messages } = await state(await fileOf({ ...story, network: { mode: "manual" } }), "--until", "50ms");
    expect(messages).toHaveLength(2);
    for (const message of messages) expect(Object.keys(message)).not.toContain("arrivesAtMs");
  });

  test("plays to where a condition first holds; exit code 3 where it never does", async () => {
    const file = await fileOf(story);
    const { code, lines } = await printed(file, "--until", "S1 leads and commit >= 1");
    expect(code).toBe(0);
    expect(JSON.parse(lines.at(-1)!).servers.S1).toMatchObject({ role: "leader", commitIndex: 1 });
    expect((await printed(file, "--until", "S9 leads")).code).toBe(3);
    expect(JSON.parse((await printed(file, "--until", "term = 0")).lines.at(-1)!)).toMatchObject({ atMs: 0 });
  });

  test("plays as far as the recording goes, or until the time that is asked for", async () => {
    const file = await fileOf(story);
    expect(await state(file)).toMatchObject({ atMs: 305 });
    expect(await state(file, "--until", "2s")).toMatchObject({ atMs: 2000 });
    expect(await state(file, "--until", "0.25s")).toMatchObject({ atMs: 250 });
    expect(await state(file, "--until", "1500.5ms")).toMatchObject({ atMs: 1500.5 });
  });

  test("the state is the one that the page shows", async () => {
    const read = parseRecording(JSON.stringify(story));
    if (!read.ok) throw new Error(read.problem.message);
    const history = new History(read.value.setup, read.value.actions);
    history.advance(305_000);
    expect((await state(await fileOf(story))).hash).toBe(history.hash());
  });

  test("a link does as well as a file", async () => {
    const read = parseRecording(JSON.stringify(story)) as { value: Recording };
    const view = { at: 0, select: "", speed: 1, play: false };
    const link = await encodeLink(read.value, view, "0".repeat(16));
    const expected = await state(await fileOf(story));
    expect(await state(`#${link}`)).toEqual(expected);
    for (const before of ["https://example.org/driftwood/#", "localhost:4173/#", "index.html#", ""])
      expect(await state(`${before}${link}`)).toEqual(expected);
    expect(await state(await fileOf(`https://example.org/#${link}\n`))).toEqual(expected);
  });

  test("a scenario by its name", async () => {
    expect(await state("preset:figure-8", "--until", "100ms")).toMatchObject({ atMs: 100 });
    for (const address of ["preset:figure-8@0.390", "#figure-8@0.390", "localhost:4173/#figure-8@0.390"])
      expect(await state(address)).toMatchObject({ atMs: 390 });
  });

  test("a path counts from where the caller of npm stands", async () => {
    await fileOf(story);
    vi.stubEnv("INIT_CWD", folder);
    expect(await state("run.raft.json")).toMatchObject({ atMs: 305 });
    vi.unstubAllEnvs();
  });

  test("a broken invariant: exit code 1, and what broke", async () => {
    const { code, lines } = await printed(await fileOf(inconsistent), "--until", "1s");
    expect(code).toBe(1);
    expect(JSON.parse(lines.at(-1)!).violations).toEqual([
      expect.objectContaining({ property: "Log Matching", section: "§5.3, Figure 3", atMs: 0 }),
    ]);
  });
});

describe("run FILE --print events", () => {
  test("one line per happening, with its time, in order", async () => {
    const { code, lines } = await printed(await fileOf(story), "--print", "events");
    expect(code).toBe(0);
    for (const line of lines) expect(line).toMatch(/^ *\d+\.\d{6} s {2}\S.*$/);
    const times = lines.map((line) => Number.parseFloat(line));
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    const text = lines.join("\n");
    for (const part of ["S1", "term 1", "(§5.2)", "S3 crash"]) expect(text).toContain(part);
  });

  test("all of a long run", async () => {
    const { lines } = await printed(await fileOf(story), "--print", "events", "--until", "60s");
    expect(lines.length).toBeGreaterThan(8000);
    expect(Number.parseFloat(lines.at(-1)!)).toBeGreaterThan(59.9);
  });
});

describe("what is wrong is said", () => {
  const usage = async (...args: readonly string[]): Promise<string> => {
    const error = await run(args).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Usage);
    return (error as Usage).message;
  };

  test("with the command line", async () => {
    const file = await fileOf(story);
    expect(await usage()).toContain("exactly one FILE");
    expect(await usage(file, file)).toContain("exactly one FILE");
    expect(await usage(file, "--until", "soon")).toContain("10s or 1500ms");
    expect(await usage(file, "--until", "S3 leds")).toMatch(/did you mean leads\?\n {2}S3 leds\n {5}\^{4}$/);
    expect(await usage(file, "--until", "10")).toContain("10s or 1500ms");
    expect(await usage(file, "--print", "event")).toBe(
      "--print event: expected one of state, events, history, bookmarks: did you mean events?",
    );
    expect(await usage(file, "--print", "toString")).toContain("one of state, events, history");
    expect(await usage(file, "--surprise")).toBe("there is no option --surprise: there is --until, --print, --check");
    expect(await usage(file, "--utnil", "1s")).toBe("there is no option --utnil: did you mean --until?");
  });

  test("with the file", async () => {
    expect(await usage(join(folder, "nowhere.json"))).toContain("cannot read");
    expect(await usage(await fileOf("{"))).toContain("expected a comma or }");
    expect(await usage(await fileOf({ ...story, servers: 77 }))).toContain("servers");
    expect(await usage(await fileOf({ ...story, actions: [{ atMs: 1, do: "explode" }] }))).toContain("actions[0]");
    expect(await usage("#1.1.nonsense")).toContain("link");
    expect(await usage("#lesson=elcting&step=2")).toContain("did you mean electing?");
    expect(await usage(await fileOf('{\n  "servers": 77,\n  "format": "driftwood", "version": 1 }'))).toMatch(
      /run\.raft\.json:2:3: servers: expected a whole number from 1 to 9, found 77$/,
    );
    expect(await usage("preset:figure8")).toBe("there is no scenario figure8: did you mean figure-8?");
    expect(await usage("figure-8")).toContain("The scenario of that name is preset:figure-8");
  });
});

test("what production would refuse to start with is noted on stderr, and runs", async () => {
  const notes: string[] = [];
  const error = vi.spyOn(console, "error").mockImplementation((line: string) => void notes.push(line));
  for (const options of [{ heartbeatMs: 500 }, { reads: "lease", checkQuorum: false }])
    expect((await printed(await fileOf({ ...story, options }))).code).toBe(0);
  error.mockRestore();
  expect(notes).toEqual([
    expect.stringMatching(
      /^note: the heartbeat interval, 500 ms, is not shorter than the least election timeout, 150 ms/,
    ),
    expect.stringMatching(/^note: reads are answered by a lease, and check-quorum is off/),
  ]);
});

describe("the program", () => {
  interface Ended {
    readonly code: unknown;
    readonly out: string;
    readonly err: string;
  }
  /** In a process of its own. */
  const main = (...args: readonly string[]): Promise<Ended> =>
    new Promise((resolve) => {
      const command = ["--import", "tsx", "src/cli/main.ts", ...args];
      execFile(process.execPath, command, (error, out, err) => resolve({ code: error?.code ?? 0, out, err }));
    });
  /** In this one. */
  async function ended(...args: readonly string[]): Promise<Ended> {
    const complaints: string[] = [];
    const error = vi.spyOn(console, "error").mockImplementation((line: string) => void complaints.push(line));
    const lines: string[] = [];
    const log = vi.spyOn(console, "log").mockImplementation((line: string) => void lines.push(line));
    try {
      return { code: await program(args), out: lines.join("\n"), err: complaints.join("\n") };
    } finally {
      for (const spy of [error, log]) spy.mockRestore();
    }
  }

  test("prints a state and ends with 0", async () => {
    const { code, out, err } = await main("run", await fileOf(story));
    expect([code, err]).toEqual([0, ""]);
    expect(JSON.parse(out.trimEnd().split("\n").at(-1)!)).toMatchObject({ atMs: 305 });
  });

  test("ends with 1 if an invariant broke, and with 2 if the input or the command is wrong, without a stack", async () => {
    expect(await ended("run", await fileOf(inconsistent), "--until", "1s")).toMatchObject({ code: 1 });
    const dance = await main("dance");
    const nothing = await ended();
    for (const { code, out, err } of [await ended("run", join(folder, "nowhere")), dance, nothing]) {
      expect([code, out]).toEqual([2, ""]);
      expect(err).not.toMatch(/^\s+at /m);
    }
    expect(dance.err).toContain(
      "there is no command dance: there is run, why, story, compare, export, import, judge, drive, rafttest, bench, bugs, lessons, search, fuzz, experiment, merge",
    );
    expect(nothing.err).toContain("Usage:");
  });

  test("says what it can do, and ends with 0", async () => {
    const asked = [await ended("--help"), await ended("run", "-h")];
    expect(asked.map(({ code, err }) => [code, err])).toEqual(Array(2).fill([0, ""]));
    const [all, one] = asked;
    for (const word of [
      "run",
      "drive",
      "bench",
      "bugs",
      "lessons",
      "search",
      "fuzz",
      "--check",
      "--nemesis",
      "preset:figure-8",
      "bookmarks",
    ])
      expect(all!.out).toContain(word);
    expect(one!.out).toContain("--until T");
    expect(one!.out).not.toContain("--nemesis");
  });
});

describe("the clients' history", () => {
  const client = { atMs: 100, do: "request", server: "S1" };
  const stale = {
    ...story,
    actions: [
      { atMs: 0, do: "timeout", server: "S1" },
      { ...client, put: ["x", "1"], client: "C2" },
      { ...client, atMs: 145, get: "x", server: "S3", read: "stale" },
      { ...client, atMs: 290, get: "x" },
    ],
  };

  /** S1 is cut off and S2 campaigns at once: who votes for it has just heard from S1, whose lease still runs. */
  const leased = {
    ...story,
    options: { checkQuorum: true, stickyLeader: "withCheckQuorum", reads: "lease" },
    actions: [
      ...story.actions.slice(0, 2),
      { atMs: 300, do: "isolate", servers: ["S1"], way: "both" },
      { atMs: 300, do: "timeout", server: "S2" },
      { atMs: 330, do: "request", put: ["x", "2"], server: "S2", client: "C2" },
      { atMs: 400, do: "request", get: "x", server: "S1", read: "lease" },
    ],
    endMs: 430,
  };

  test("comes as one JSON object a line, from call to answer", async () => {
    const { code, lines } = await printed(await fileOf(stale), "--print", "history");
    expect(code).toBe(0);
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { number: 1, client: "C2", op: "put", key: "x", value: "1", outcome: "ok", result: null, index: 1, server: "S1" },
      { number: 2, client: "C1", op: "get", read: "stale", outcome: "ok", result: null, server: "S3" },
      { number: 3, client: "C1", op: "get", read: "log", outcome: "open", endMs: null },
    ]);
  });

  test("is searched for an order that explains it: exit code 1 where there is none", async () => {
    const { code, lines } = await printed(await fileOf(stale), "--check", "linearizable");
    expect(code).toBe(1);
    expect(JSON.parse(lines.at(-1)!)).toMatchObject({ verdict: "illegal", keys: [{ key: "x", stuck: 2 }] });
    expect((await printed(await fileOf(story), "--check", "linearizable")).code).toBe(0);
    await expect(run([await fileOf(story), "--check", "serializable"])).rejects.toThrow(Usage);
  });

  test("says why no order is promised, and fails only who asks for one all the same", async () => {
    const file = await fileOf(stale);
    const why = "C1 asked for a stale read at 0.145 s: whoever is asked answers at once.";
    const { lines } = await printed(file, "--check", "linearizable");
    expect(JSON.parse(lines.at(-1)!)).toMatchObject({ verdict: "illegal", promised: false, why });
    const { code, lines: plain } = await printed(file);
    const { promises, violations } = JSON.parse(plain.at(-1)!);
    expect([code, violations, promises.history]).toEqual([0, [], "illegal"]);
    expect(promises.notPromised).toContainEqual({ property: "Linearizability", why, sinceMs: 145 });
  });

  test("fails unasked where an order is promised: here a broken rule lets a deposed leader read", async () => {
    const withBugs = async (bugs: readonly string[]) => {
      const { code, lines } = await printed(await fileOf({ ...leased, bugs }));
      return [code, JSON.parse(lines.at(-1)!).promises.history];
    };
    expect([await withBugs([]), await withBugs(["no-lease-check"])]).toEqual([
      [0, "ok"],
      [1, "illegal"],
    ]);
  });
});

test("prints bookmarks, those that a condition finds with their moment", async () => {
  const bookmarks = [
    { when: "S3 down", label: "S3 is down." },
    { atMs: 100, label: "A write." },
    { when: "S2 leads", label: "S2 leads." },
  ];
  const noted = vi.spyOn(console, "error").mockImplementation(() => {});
  const { lines, code } = await printed(await fileOf({ ...story, bookmarks }), "--print", "bookmarks");
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    { atMs: 100, label: "A write." },
    { atMs: 300, when: "S3 down", label: "S3 is down." },
    { atMs: null, when: "S2 leads", label: "S2 leads." },
  ]);
  expect(code).toBe(0);
  expect(noted.mock.calls).toEqual([["note: the bookmark “S2 leads.” has no moment: S2 leads does not come true"]]);
  noted.mockRestore();
});
