import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { profiles } from "../../raft/options.ts";
import { anyRecording } from "../arbitraries.ts";
import { formatRecording, parseRecording } from "../format.ts";
import { optionNames } from "../option-rows.ts";
import type { Recording } from "../recording.ts";
import { nameOfOption } from "./names.ts";
import { parseYaml } from "./read.ts";
import { millisOf, spanOf } from "./times.ts";
import { writeYaml } from "./write.ts";

function read(text: string): Recording {
  const result = parseYaml(text);
  if (!result.ok) throw new Error(`${result.problem.field}: ${result.problem.message}`);
  return result.value;
}

/** "line:column field: message". */
function said(text: string): string {
  const result = parseYaml(text);
  if (result.ok) return "it is read";
  const { place, field, message } = result.problem;
  return `${place?.line}:${place?.column} ${field === "" ? "" : `${field}: `}${message}`;
}

describe("times in a configuration", () => {
  test.each([
    ["150ms", 150],
    ["1.5s", 1500],
    ["0.25 ms", 0.25],
    ["1.001s", 1001],
    ["20us", 0.02],
    ["2m", 120_000],
    ["0.5us", null],
    ["150", null],
    ["ms", null],
    ["-5ms", null],
    [150, null],
    [null, null],
  ])("%s", (text, millis) => {
    expect(millisOf(text)).toBe(millis);
  });

  test.each([
    ["150ms-300ms", [150, 300]],
    ["150-300ms", [150, 300]],
    ["0.9s to 1.2s", [900, 1200]],
    [
      ["150ms", "1s"],
      [150, 1000],
    ],
    ["150ms", [150, 151]],
    ["150-300", null],
    [["150ms"], null],
    ["150ms-", null],
  ])("%s", (text, span) => {
    expect(spanOf(text, (millis) => [millis, millis + 1])).toEqual(span);
  });
});

describe("raft.yaml", () => {
  test("the settings of a server of Raft begin a run that plays from the start", () => {
    const { setup, profile, actions, view, end, title } = read(`# a cluster
election_timeout: "150ms"
heartbeat_interval: 50ms
snapshot_interval: 1000   # entries
pre_vote: true
reads: lease
servers: 3
`);
    expect(profile).toBe("paper");
    expect(setup.raft).toEqual({
      ...profiles.paper,
      electionTimeoutMin: 150_000,
      electionTimeoutMax: 300_000,
      heartbeatInterval: 50_000,
      snapshotAfter: 1000,
      preVote: true,
      reads: "lease",
    });
    expect(setup.servers).toHaveLength(3);
    expect([actions, end, title, view?.play]).toEqual([[], 0, "A run of your own", true]);
  });

  test("options may stand together, servers may have their own, and links, disks and clients theirs", () => {
    const { setup } = read(`profile: etcd
raft: { election_timeout: 1s-1.9s, quorum_check: per_peer, max_bytes_per_message: none }
servers:
  - id: S1
  - { id: S2, pre_vote: true, election_timeout: 2s }
  - id: S3
    member: learner
network:
  latency: 5ms
  loss: 0.01
disk: { write: 1-2ms }
clients: { sessions: true, repeat: 300ms }
`);
    expect(setup.raft).toEqual({
      ...profiles.etcd,
      electionTimeoutMin: 1_000_000,
      electionTimeoutMax: 1_900_000,
      quorumCheck: "perPeer",
    });
    expect(setup.servers.map(({ options, member }) => options ?? member ?? null)).toEqual([
      null,
      { preVote: true, electionTimeoutMin: 2_000_000, electionTimeoutMax: 4_000_000 },
      "learner",
    ]);
    expect(setup.link).toEqual({ latencyMin: 5000, latencyMax: 5000, loss: 10_000, duplicate: 0, bandwidth: null });
    expect(setup.disk).toEqual({ writeMin: 1000, writeMax: 2000 });
    expect(setup.clients).toMatchObject({ sessions: true, repeatAfter: 300_000 });
  });

  test("every set-up comes back as it was written", () => {
    fc.assert(
      fc.property(anyRecording, (recording) => {
        const { setup, profile, title, notes } = recording;
        const back = read(writeYaml(recording));
        expect(back).toMatchObject({ setup, profile, title: title || "A run of your own", notes });
      }),
      { numRuns: 100 },
    );
  });

  test("a set-up that is written says its three times and both checks whatever the profile has", () => {
    const recording = read("servers: 3\nprofile: etcd-server");
    expect(writeYaml({ ...recording, title: "Three: of them" })).toBe(`title: "Three: of them"
seed: 1
profile: etcd-server
election_timeout: "1000ms-1900ms"
pre_vote: true
check_quorum: true
heartbeat_interval: "100ms"
snapshot_interval: 10000
servers: 3
network:
  mode: automatic
  latency: "10ms-20ms"
  loss: 0
  duplicate: 0
disk:
  write: "1ms-3ms"
`);
  });

  test("every option has a name of its own", () => {
    expect(new Set(optionNames.map(nameOfOption)).size).toBe(optionNames.length);
  });

  test("a recording may be written as YAML", () => {
    const text = `format: driftwood
version: 1
servers: 3
actions:
  - atMs: 10
    do: timeout
    server: S1
`;
    expect(read(text)).toEqual(
      read(
        JSON.stringify({
          ...JSON.parse('{"format":"driftwood","version":1,"servers":3}'),
          actions: [{ atMs: 10, do: "timeout", server: "S1" }],
        }),
      ),
    );
    expect(said(text.replace("S1", "S9"))).toBe("7:5 actions[0].server: there is no S9: there are only S1 to S3");
  });

  test("every recording may be written as YAML: what JSON says, YAML says", () => {
    fc.assert(
      fc.property(anyRecording, (recording) => {
        expect(parseYaml(formatRecording(recording))).toEqual(parseRecording(formatRecording(recording)));
      }),
      { numRuns: 30 },
    );
  });
});

describe("what is wrong with a configuration", () => {
  test.each([
    ["prevote: true", '1:1 prevote: there is no setting "prevote": did you mean pre_vote?'],
    ["seed: 1\nraft:\n  preVote: true", '3:3 raft.preVote: there is no setting "preVote": did you mean pre_vote?'],
    ["nodes: 3", '1:1 nodes: there is no setting "nodes": did you mean servers?'],
    [
      "heartbeat_timeout: 50ms",
      '1:1 heartbeat_timeout: there is no setting "heartbeat_timeout": did you mean heartbeat_interval?',
    ],
    ["colour: red", '1:1 colour: there is no setting "colour"'],
    ["__proto__: 1", '1:1 __proto__: there is no setting "__proto__"'],
    ["constructor: 1", '1:1 constructor: there is no setting "constructor"'],
    [
      "seed: 7\nheartbeat_interval: 50",
      "2:1 heartbeat_interval: expected a time with its unit, such as 50ms or 1.5s, found 50",
    ],
    [
      "election_timeout: fast",
      '1:1 election_timeout: expected a time, or the least and the most, such as 150ms-300ms, found "fast"',
    ],
    [
      "election_timeout: 300ms-150ms",
      "1:1 election_timeout: expected [least, most], found the least, 300, above the most, 150",
    ],
    ["snapshot_interval: 30s", '1:1 snapshot_interval: expected a whole number of entries, or none, found "30s"'],
    [
      "snapshot_interval: 0",
      "1:1 snapshot_interval: expected a whole number from 1 to 100000, or null for no limit, found 0",
    ],
    ["pre_vote: yes", '1:1 pre_vote: expected true or false, found "yes"'],
    ["flow: windw", '1:1 flow: expected one of one_at_a_time, window (did you mean window?), found "windw"'],
    ["servers:\n  - id: S1\n  - id: S1", "3:5 servers[1].id: expected S2, found S1: servers are listed in order"],
    ["servers:\n  - S1", '2:5 servers[0]: expected a server, such as - id: S1, found "S1"'],
    [
      "servers:\n - id: S1\n   reads: lease",
      '3:4 servers[0].reads: expected no reads for one server alone: a follower asks its leader for a read index in the way that the leader answers, found "lease"',
    ],
    ["network: fast", '1:1 network: expected settings below this name: mode, latency, loss …, found "fast"'],
    ["pre_vote: true\nraft: { pre_vote: false }", "2:9 raft.pre_vote: expected once: pre_vote says it too"],
    ["seed: 1\nseed: 2", "2:1 expected once: this name is here twice"],
    ["seed: 1\n---\nseed: 2", "2:1 expected one document: a second one begins here"],
    ["network:\n\tloss: 0", "2:1 expected spaces before a name: YAML has no tabs there"],
    ["title: &a x\nnotes: *a", "2:1 notes: expected the value itself: aliases (*name) are not read"],
    ["- 1", "1:1 expected settings, such as election_timeout: 150ms"],
  ])("%s", (text, expected) => {
    expect(said(text)).toBe(expected);
  });

  test("nothing that is nested too deep is descended into", () => {
    const deep = "expected at most 8 levels of nesting";
    expect(said(`notes: ${"[".repeat(100_000)}`)).toBe(`1:16 ${deep}`);
    expect(said(`seed: 1\nnotes:\n  ${"- ".repeat(100_000)}1`)).toBe(`3:19 ${deep}`);
    const stairs = Array.from({ length: 200 }, (_, i) => `${" ".repeat(i)}a:`).join("\n");
    expect(said(stairs)).toContain(deep);
  });

  test("a text that was cut off or damaged is read, or refused with its place", () => {
    fc.assert(
      fc.property(anyRecording, fc.nat(), fc.string(), (recording, at, instead) => {
        const text = writeYaml(recording);
        const cut = at % text.length;
        for (const damaged of [text.slice(0, cut), text.slice(0, cut) + instead + text.slice(cut + 1)]) {
          const result = parseYaml(damaged);
          if (!result.ok) expect(result.problem.message).not.toBe("");
        }
      }),
      { numRuns: 50 },
    );
  });
});
