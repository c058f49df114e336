import { describe, expect, test } from "vitest";
import { metrics } from "../../history/metrics/names.ts";
import { Laboratory } from "../../worker/laboratory.ts";
import type { Frame } from "../../worker/protocol/frame.ts";
import { answerTo, wordsOf } from "./admin.ts";
import { completions, parse, type Vocabulary } from "./command.ts";

const vocabulary: Vocabulary = { clients: 3, servers: [1, 2, 3, 4], reads: [], keys: [] };
const admin = (line: string) => {
  const read = parse(line, vocabulary);
  if (!read.ok || read.command.kind !== "admin") throw new Error(`${line} is not an operator's`);
  return read.command.admin;
};

const recording = {
  format: "driftwood",
  version: 3,
  servers: [{ id: "S1" }, { id: "S2" }, { id: "S3" }, { id: "S4", member: "none" }],
  actions: [{ atMs: 0, do: "timer", server: "S1", leftMs: 5 }],
};

/** At that time, after these acts. */
async function frameAt(ms: number, ...acts: readonly object[]): Promise<Frame> {
  const laboratory = new Laboratory();
  const actions = [...recording.actions, ...acts];
  const opened = await laboratory.open({ from: "file", text: JSON.stringify({ ...recording, actions }) });
  if (!opened.ok) throw new Error(opened.problem.message);
  laboratory.enter(opened.value.run);
  return (await laboratory.seek(ms * 1000)).frame;
}

describe("what an operator types", () => {
  test.each([
    ["health", "GET /health"],
    ["status", "GET /status"],
    ["METRICS", "GET /metrics"],
    ["add S4", 'POST /cluster/members {"id":"S4"}'],
    ["remove s2", "DELETE /cluster/members/S2"],
    ["transfer S3", 'POST /cluster/transfer {"to":"S3"}'],
    ["compact S1", 'POST /cluster/compact {"id":"S1"}'],
    ["set S2 heartbeatInterval 20ms", 'PATCH /cluster/options/S2 {"heartbeatMs":20}'],
    ["SET all prevote on", 'PATCH /cluster/options {"preVote":true}'],
  ])("%s stands for %s", (line, http) => {
    expect(wordsOf(admin(line)).http).toBe(http);
  });

  test("to add to a number is still a client's command", () => {
    expect(parse("add n 2", vocabulary)).toMatchObject({ command: { operation: { op: "increment", by: 2 } } });
  });

  test("to set a key is still a client's command, whatever the key is called", () => {
    for (const [line, key] of [
      ["set x 1", "x"],
      ["set S2 1", "S2"],
      ["set all 1", "all"],
    ] as const)
      expect(parse(line, vocabulary)).toMatchObject({ command: { operation: { op: "put", key, value: "1" } } });
  });

  test.each([
    ["set S2 heartbeet 20ms", "There is no option heartbeet: did you mean heartbeats?", 7],
    ["set S2 heartbeatMs soon", "heartbeatMs is a time such as 50ms or 1.5s, at most a minute", 19],
    ["set S2 heartbeatMs", "set needs a value: heartbeatMs is a time such as 50ms or 1.5s, at most a minute", 18],
    ["set S9 preVote on", "There is no machine S9: “Add a spare server” in the settings brings one more", 4],
    ["set S2 preVote on now", "Too many words: set S2 heartbeatMs 20ms", 18],
    ["remove", "remove needs a server: remove S2", 6],
    ["transfer x", "transfer needs a server: transfer S3", 9],
    ["health now", "Too many words: health", 7],
    ["add S9", "There is no machine S9: “Add a spare server” in the settings brings one more", 4],
  ])("%s is told in words", (line, problem, at) => {
    expect(parse(line, vocabulary)).toEqual({ ok: false, problem, at });
  });
});

describe("an option that is set", () => {
  test("is an act, and what becomes of it is said; what cannot change is refused with the reason", async () => {
    const frame = await frameAt(100);
    const answer = (line: string) => answerTo(admin(line), frame);
    expect(answer("set S2 heartbeatInterval 20ms")).toEqual({
      lines: ["S2 follows at once: heartbeat interval 20 ms."],
      act: { do: "options", server: 2, options: { heartbeatInterval: 20_000 } },
    });
    expect(answer("set all flow window")).toEqual({
      lines: ["All servers follow once started again: flow a window of requests."],
      act: { do: "options", options: { flow: "window" } },
    });
    expect(answer("set S2 reads lease")).toEqual({
      lines: [expect.stringMatching(/^The same on all servers: /)],
      act: null,
    });
    expect(answer("set all persistCommit on")).toEqual({
      lines: [expect.stringMatching(/^Cannot change in a run: a lone/)],
      act: null,
    });
  });

  test("words are offered: whose, which, and what it may be", () => {
    const offered = (line: string) => completions(line, vocabulary).map(({ word }) => word);
    expect(offered("set ")).toEqual(["S1", "S2", "S3", "S4", "all"]);
    expect(offered("set S2 pre")).toEqual(["preVote"]);
    expect(offered("set all flow ")).toEqual(["oneAtATime", "window"]);
  });
});

describe("what an operator is told", () => {
  test("who leads, who lags, and that the quorum is at risk", async () => {
    const frame = await frameAt(200, { atMs: 150, do: "crash", server: "S3" });
    expect(answerTo(admin("health"), frame)).toEqual({
      act: null,
      lines: [
        "Quorum at risk: S1 leads with 2 of 3 voters, and 2 must agree. One more failure stops it.",
        "S1  leader",
        "S2  follower  lag 0",
        "S3  down  lag 0",
        "S4  follower",
      ],
    });
    expect(answerTo(admin("status"), frame).lines[2]).toBe("S3  down  term 1  log 0  commit 0  applied 0");
  });

  test("every metric has the name that goes out, and the value that the run has", async () => {
    const { lines } = answerTo(admin("metrics"), await frameAt(200));
    const names: readonly string[] = Object.values(metrics).map(({ name }) => name);
    expect(lines.filter((line) => !names.includes(line.split("{")[0]!))).toEqual([]);
    expect(lines).toContain('raft_state{server="S1",raft_state="leader"} 1');
    expect(lines).toContain('raft_term_current{server="S2"} 1');
  });

  test("changes are asked of the leader", async () => {
    const frame = await frameAt(200);
    expect(answerTo(admin("add S4"), frame)).toEqual({
      lines: ["S1 is asked to add S4 as a voter."],
      act: { do: "members", server: 1, changes: [{ type: "add", server: 4 }], transition: "auto" },
    });
    expect(answerTo(admin("remove S2"), frame).act).toMatchObject({ changes: [{ type: "remove", server: 2 }] });
    expect(answerTo(admin("transfer S3"), frame).act).toEqual({ do: "transfer", server: 1, to: 3 });
  });

  test("and why one is not done", async () => {
    const frame = await frameAt(200);
    const said = (line: string, on = frame) => {
      const { lines, act } = answerTo(admin(line), on);
      expect(act).toBeNull();
      return lines;
    };
    expect(said("add S2")).toEqual(["S2 is a voter already."]);
    expect(said("remove S4")).toEqual(["S4 is no member."]);
    expect(said("transfer S1")).toEqual(["S1 leads already."]);
    expect(said("compact S1")).toEqual(["Not now: it has applied nothing."]);
    expect(said("transfer S2", await frameAt(0))).toEqual(["Not now: no server leads now."]);
  });
});
