import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { finish } from "../../history/work.ts";
import { checksOf } from "./checks.ts";
import { etcdLog } from "./etcd-log.ts";
import { etcdTrace } from "./etcd-trace.ts";
import { readTexts } from "./fixtures.ts";
import type { Importer, ToldCheck } from "./told.ts";

const sample = (name: string): string => readFileSync(join(import.meta.dirname, "samples", name), "utf8");

function checked(importer: Importer, text: string): readonly ToldCheck[] {
  const read = readTexts(importer, [{ name: "a", text }]);
  if (!read.ok) throw new Error(read.problem.message);
  return finish(checksOf(read.value));
}
const broken = (checks: readonly ToldCheck[]): string[] =>
  checks.filter(({ result }) => result === "broken").map(({ property, text }) => `${property}: ${text}`);

describe("a log", () => {
  const log = sample("etcd-log.txt");
  const said = (text: string): string[] => broken(checked(etcdLog, text));
  const adding = (...lines: readonly string[]): string[] =>
    said(`${log}${lines.map((line) => JSON.stringify({ ts: "2024-05-01T10:01:00Z", msg: line })).join("\n")}`);
  const s1 = "8211f1d0f64f3269";
  const s3 = "fd422379fda50e48";

  test("as it is keeps what Raft promises; what it does not tell is not judged", () => {
    expect(checked(etcdLog, log).map(({ result }) => result)).toEqual([
      ...["held", "held", "held", "held", "held", "held", "held"],
      "untold",
    ]);
    expect(checked(etcdLog, "1 is unpromotable and can not campaign").map(({ result }) => result)).toEqual(
      Array(8).fill("untold"),
    );
  });
  test("§5.2 two leaders of one term are found, with both lines", () => {
    expect(adding(`${s3} became leader at term 3`)).toEqual([
      `At most one leader in a term (§5.2): ${s3} leads term 3 at line 55; at line 50 91bc3c398fb3c146 does.`,
    ]);
    expect(adding(`raft.node: ${s1} elected leader ${s3} at term 3`)[0]).toContain(`${s3} leads term 3 at line 55`);
  });
  test("§5.2 a second vote in one term is found", () => {
    const second = `${s3} [logterm: 2, index: 4, vote: 91bc3c398fb3c146] cast MsgVote for ${s1} [logterm: 2, index: 4] at term 3`;
    expect(adding(second)).toEqual([
      `One vote a term (§5.2): In term 3, ${s3} votes for ${s1} at line 55, and for 91bc3c398fb3c146 at line 46.`,
    ]);
  });
  test("§5.1 a term that falls is found, also over a restart", () => {
    const peers = "[peers: [], term: 2, commit: 55, applied: 0, lastindex: 55, lastterm: 3]";
    expect(adding(`${s3} became follower at term 2`)).toEqual([
      `A server's term never falls (§5.1): ${s3} is in term 2 at line 55, and was in term 3 at line 45.`,
    ]);
    expect(adding(`newRaft ${s3} ${peers}`)).toContain(
      `A server's term never falls (§5.1): ${s3} is in term 2 at line 55, and was in term 3 at line 45.`,
    );
  });
  test("§5.3 a commit index that falls, or is beyond the log, is found; a restart may forget it", () => {
    expect(adding(`${s3} [commit: 50] ignored snapshot [index: 40, term: 3]`)).toEqual([
      `While a server runs, its commit index never falls (§5.3): ${s3} has committed up to 50 at line 55, and up to 55 at line 54.`,
    ]);
    const started = (commit: number): string =>
      `newRaft ${s3} [peers: [], term: 3, commit: ${commit}, applied: 0, lastindex: 55, lastterm: 3]`;
    expect(adding(started(3))).toEqual([]);
    expect(adding(started(56))).toEqual([
      `A server commits only what its log has (§5.3): At line 55, ${s3} has committed up to 56, and its log ends at 55.`,
    ]);
  });
  test("§5.4.3 a committed entry with two terms is found", () => {
    expect(adding(`${s1} [commit: 55, lastindex: 55, lastterm: 2] restored snapshot [index: 55, term: 2]`)).toContain(
      `A committed entry is the same everywhere (§5.4.3): ${s1} has committed entry 55 of term 2 at line 55; at line 53 it is of term 3.`,
    );
  });
  test("§5.4 a leader without an entry that was committed before is found", () => {
    const found = adding(
      `${s1} became candidate at term 4`,
      `${s1} [logterm: 3, index: 54] sent MsgVote request to ${s3} at term 4`,
      `${s1} became leader at term 4`,
    );
    expect(found).toEqual([
      `A leader has every committed entry (§5.4): ${s1} begins to lead term 4 at line 57 with a log that ends at 54; in term 3, line 52 tells of 60 as committed.`,
    ]);
  });
});

/** A trace of three servers, of which 1 leads term 2 and commits one entry that 2 acknowledges. */
const conf = [["1", "2", "3"], []];
interface Of {
  readonly commit?: number;
  readonly log?: number;
  readonly role?: string;
}
const event = (name: string, { commit = 0, log = 1, role = "Leader" }: Of = {}, msg?: object): string => {
  const state = { term: 2, vote: "1", commit };
  return JSON.stringify({
    tag: "trace",
    ts: 1,
    event: { name, nid: "1", state, role: `State${role}`, log, conf, msg },
  });
};
const ack = (from: string, index: number, more: object = {}) =>
  event("ReceiveAppendEntriesResponse", {}, { type: "MsgAppResp", term: 2, from, to: "1", index, ...more });
const begin = [event("InitState", { log: 0, role: "Follower" }), event("BecomeLeader", { log: 0 }), event("Replicate")];

describe("a trace", () => {
  const said = (...lines: readonly string[]): string[] => broken(checked(etcdTrace, [...begin, ...lines].join("\n")));
  const commit = event("Commit", { commit: 1 });
  test("§5.3 a majority has acknowledged what is committed", () => {
    expect(said(ack("2", 1), commit)).toEqual([]);
    const { text, result } = checked(etcdTrace, [...begin, ack("2", 1), commit].join("\n")).at(-1)!;
    expect([result, text]).toEqual(["held", "One new commit index of a leader looked at."]);
  });
  const few =
    "A leader commits what a majority has acknowledged (§5.3): At line 5, 1 commits up to 1; of 3 voters 1 has acknowledged that.";
  test("too few, too short, of an older term, or refused: it is found", () => {
    expect(said(ack("4", 1), commit)).toEqual([few]);
    expect(said(ack("2", 0), commit)).toEqual([few]);
    expect(said(ack("2", 1, { term: 1 }), commit)).toEqual([few]);
    expect(said(ack("2", 1, { reject: true }), commit)).toEqual([few]);
  });
  test("of a leader that led before the first line, nothing is said", () => {
    const checks = checked(etcdTrace, [event("Replicate"), commit].join("\n"));
    expect(checks.at(-1)?.result).toBe("untold");
  });
  test("§5.4 a new leader's log is as it was before it led", () => {
    const other = event("Commit", { commit: 1, role: "Follower" })
      .replace('"nid":"1"', '"nid":"2"')
      .replace('"term":2', '"term":1');
    expect(said(other)).toEqual([
      "A leader has every committed entry (§5.4): 1 begins to lead term 2 at line 2 with a log that ends at 0; in term 1, line 4 tells of 1 as committed.",
    ]);
  });
});
