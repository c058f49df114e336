import { describe, expect, test } from "vitest";
import { faultNames } from "../world/faults/index.ts";
import { actNames } from "./acts.ts";
import { parseRecording } from "./format.ts";

/** "line:column field: message", each as far as it is there; null if the text is read. */
function said(text: string): string | null {
  const read = parseRecording(text);
  if (read.ok) return null;
  const { place, field, message } = read.problem;
  return `${place === undefined ? "" : `${place.line}:${place.column} `}${field === "" ? "" : `${field}: `}${message}`;
}

/** Texts as people write them, and what they are told. */
const written: readonly (readonly [what: string, text: string, said: string | null])[] = [
  [
    "trailing comma",
    '{ "format":"driftwood","version":1, "servers": 3, "actions": [ {"atMs":10,"do":"timeout","server":"S1"}, ], "endMs": 100 }',
    null,
  ],
  ["bom", '\ufeff{ "format":"driftwood","version":1,"servers":3,"endMs":100 }', null],
  ["crlf", '{\r\n "format":"driftwood",\r\n "version":1,\r\n "servers":3,\r\n "endMs":100\r\n}\r\n', null],
  [
    "yaml",
    "format: driftwood\nversion: 1\nservers: 3\nactions:\n  - atMs: 10\n    do: timeout\n    server: S1\n",
    "expected a recording in JSON; this looks like YAML: write it as JSON, which begins with {",
  ],
  [
    "gzip",
    "\u001f\ufffd\b\u0000\u0000\u0000\u0000\u0000\u0000\u0003\ufffdVPJ\ufffd/\ufffdM,Q\ufffdRJ)\ufffdL+)\ufffd\ufffdOQ\ufffdQ*K-*\ufffd\ufffd\ufffdS\ufffd2\ufffdQ*N-\u0002q\ufffd\ufffd\ufffdu\ufffdR\ufffdR|\ufffd,C\u0003\u0003\ufffdZ\u0000:\ufffd+B<\u0000\u0000\u0000",
    "expected a recording in JSON; this is packed with gzip: unpack it first",
  ],
  [
    "servers string",
    '{ "format":"driftwood","version":1, "servers": "3" }',
    '1:37 servers: expected a number of servers from 1 to 9 or a list of servers, found "3"',
  ],
  [
    "zero servers",
    '{ "format":"driftwood","version":1, "servers": 0 }',
    "1:37 servers: expected a whole number from 1 to 9, found 0",
  ],
  [
    "fifty servers",
    '{ "format":"driftwood","version":1, "servers": 50 }',
    "1:37 servers: expected a whole number from 1 to 9, found 50",
  ],
  [
    "negative at",
    '{ "format":"driftwood","version":1, "servers": 3, "actions": [ {"atMs":-5,"do":"timeout","server":"S1"} ] }',
    "1:65 actions[0].atMs: expected milliseconds from 0 to 21600000 with at most three decimals, found -5",
  ],
  [
    "huge at",
    '{ "format":"driftwood","version":1, "servers": 3, "actions": [ {"atMs":1e30,"do":"timeout","server":"S1"} ] }',
    "1:65 actions[0].atMs: expected milliseconds from 0 to 21600000 with at most three decimals, found 1e+30",
  ],
  [
    "unknown server",
    '{ "format":"driftwood","version":1, "servers": 3, "actions": [ {"atMs":5,"do":"timeout","server":"S7"} ] }',
    "1:89 actions[0].server: there is no S7: there are only S1 to S3",
  ],
  [
    "server number",
    '{ "format":"driftwood","version":1, "servers": 3, "actions": [ {"atMs":5,"do":"timeout","server":1} ] }',
    '1:89 actions[0].server: expected a server\'s name such as "S1", found 1',
  ],
  [
    "out of order",
    '{ "format":"driftwood","version":1, "servers": 3, "actions": [ {"atMs":50,"do":"timeout","server":"S1"}, {"atMs":5,"do":"crash","server":"S1"} ] }',
    "1:107 actions[1].atMs: expected at least 50, the time of the action above: actions are sorted; found 5",
  ],
  [
    "duplicate ids",
    '{ "format":"driftwood","version":1, "servers": [{"id":"S1"},{"id":"S1"},{"id":"S2"}] }',
    "1:62 servers[1].id: expected S2, found S1: servers are listed in order",
  ],
  [
    "ids gap",
    '{ "format":"driftwood","version":1, "servers": [{"id":"S1"},{"id":"S3"}] }',
    "1:62 servers[1].id: expected S2, found S3: servers are listed in order",
  ],
  [
    "names",
    '{ "format":"driftwood","version":1, "servers": [{"id":"alice"},{"id":"bob"}] }',
    '1:50 servers[0].id: expected a server\'s name such as "S1", found "alice"',
  ],
  [
    "unknown do",
    '{ "format":"driftwood","version":1, "servers": 3, "actions": [ {"atMs":5,"do":"kill","server":"S1"} ] }',
    `1:74 actions[0].do: expected one of ${actNames.join(", ")}, found "kill": did you mean crash?`,
  ],
  [
    "misspelt option",
    '{ "format":"driftwood","version":1, "servers": 3, "options": {"prevote": true} }',
    '1:63 options.prevote: there is no option "prevote": did you mean preVote?',
  ],
  [
    "unknown bug",
    '{ "format":"driftwood","version":1, "servers": 3, "bugs": ["figure8"] }',
    '1:60 bugs[0]: expected the name of a bug, such as double-vote, found "figure8"',
  ],
  [
    "unknown profile",
    '{ "format":"driftwood","version":1, "servers": 3, "profile": "raft" }',
    '1:51 profile: expected one of paper, dissertation, etcd, etcd-server, found "raft"',
  ],
  ["missing format", '{ "version":1, "servers": 3 }', "1:1 format: is missing: expected driftwood"],
  [
    "version 9",
    '{ "format":"driftwood","version":9, "servers": 3 }',
    "1:24 version: made by a newer Driftwood: it has format version 9, this one reads version 3",
  ],
  ["empty", "", "expected a recording in JSON; this is empty"],
  ["array", "[]", "1:1 expected an object, { … }, found []"],
  ["single quotes", "{ 'format':'driftwood', 'version':1 }", "1:3 expected double quotes (\"), found '"],
  [
    "microsecond fraction",
    '{ "format":"driftwood","version":1, "servers": 3, "actions": [ {"atMs":0.1234,"do":"timeout","server":"S1"} ] }',
    "1:65 actions[0].atMs: expected milliseconds from 0 to 21600000 with at most three decimals, found 0.1234",
  ],
  [
    "link to itself",
    '{ "format":"driftwood","version":1, "servers": 3, "actions": [ {"atMs":1,"do":"cut","links":[["S1","S1"]]} ] }',
    "1:94 actions[0].links[0]: expected a link between two, found S1 at both ends",
  ],
  [
    "timeout range swapped",
    '{ "format":"driftwood","version":1, "servers": 3, "options": {"electionTimeoutMs": [300,150]} }',
    "1:63 options.electionTimeoutMs: expected [least, most], found the least, 300, above the most, 150",
  ],
  [
    "server in two groups",
    '{ "format":"driftwood","version":1, "servers": 3, "actions": [ {"atMs":1,"do":"partition","groups":[["S1","S2"],["S2","S3"]]} ] }',
    "1:64 actions[0]: expected each server in at most one group, found S2 twice",
  ],
  [
    "partition names some",
    '{ "format":"driftwood","version":1, "servers": 5, "actions": [ {"atMs":1,"do":"partition","groups":[["S1"],["S2"]]} ],"endMs":10 }',
    null,
  ],
  [
    "no do",
    '{ "format":"driftwood","version":1, "servers": 3, "actions": [ {"atMs":1,"server":"S1"} ] }',
    `1:64 actions[0].do: is missing: expected one of ${actNames.join(", ")}`,
  ],
  [
    "put number",
    '{ "format":"driftwood","version":1, "servers": 3, "actions": [ {"atMs":1,"do":"request","put":["x",1]} ] }',
    "1:100 actions[0].put[1]: expected a text of 0 to 64 characters, found 1",
  ],
  [
    "duplicate key",
    '{ "format":"driftwood","version":1, "servers": 3, "servers": 5, "endMs": 1 }',
    "1:51 servers: expected once: it is here twice, first in line 1",
  ],
  [
    "term string log",
    '{ "format":"driftwood","version":1, "servers": [{"id":"S1","log":[{"term":1,"command":"x=1"}]}] }',
    '1:67 servers[0].log[0]: expected a whole number from 1 to 1000000, found {"term":1,"command":"x=1"}',
  ],
  [
    "commit beyond log",
    '{ "format":"driftwood","version":1, "servers": [{"id":"S1","log":[1],"commit":5}] }',
    "1:70 servers[0].commit: expected at most 1, the last index of the log, found 5",
  ],
  [
    "heartbeat over timeout",
    '{ "format":"driftwood","version":1, "servers": 3, "options": {"heartbeatMs": 500}, "endMs": 3000 }',
    null,
  ],
  [
    "NaN",
    '{ "format":"driftwood","version":1, "servers": 3, "seed": NaN }',
    "1:59 expected a number, or leave the field out: NaN is no JSON",
  ],
  [
    "seed negative",
    '{ "format":"driftwood","version":1, "servers": 3, "seed": -1 }',
    "1:51 seed: expected a whole number from 0 to 4294967295, found -1",
  ],
  [
    "conflicting committed logs",
    '{ "format":"driftwood","version":1, "servers": [{"id":"S1","log":[1,1],"commit":2},{"id":"S2","log":[1,2],"commit":2},{"id":"S3"}], "endMs": 500 }',
    null,
  ],
];

const start = '{ "format": "driftwood", "version": 1, "servers": 3';
const more: typeof written = [
  ["comments", `// first\n${start}, /* three */ "endMs": 1 } // last`, null],
  [
    "an error behind comments",
    `// first\r\n${start}, // three\r\n  "colour": 1 }`,
    '3:3 colour: there is no field "colour"',
  ],
  [
    "an error behind a BOM",
    `\ufeff${start}, "seed": -1 }`,
    "1:54 seed: expected a whole number from 0 to 4294967295, found -1",
  ],
  ["UTF-16", "\ufffd\ufffd{\u0000", "expected a recording in JSON; this is not UTF-8: save it in that encoding"],
  ["a zip", "PK\u0003\u0004", "expected a recording in JSON; this is a zip archive: unpack it first"],
  [
    "a web page",
    "<!DOCTYPE html><html>",
    "expected a recording in JSON; this is a web page (HTML): save the run there as a file first",
  ],
  ["XML", "<svg/>", "expected a recording in JSON; this is XML"],
  ["a link", "https://example.org/#1.2.04f8", "expected a recording in JSON; this is a link: open it as one"],
  [
    "a link without its scheme",
    "localhost:4173/#1.2.04f8",
    "expected a recording in JSON; this is a link: open it as one",
  ],
  ["no JSON", "hello", "expected a recording in JSON; this text is not JSON, which begins with {"],
  ["cut off", `${start}, "actions": [`, "1:66 expected a comma or ], found the end"],
  ["a text without end", `${start}, "title": "ab\\n }`, '1:63 expected another " to end the text that begins here'],
  ["a missing comma", `${start} "seed": 1 }`, '1:53 expected a comma, found "\\""'],
  ["names without quotes", "{ format: 1 }", '1:3 expected double quotes around names: "format"'],
  ["two recordings", `${start} } {}`, '1:55 expected nothing more after the recording, found "{"'],
  ["a misspelt field", `${start}, "action": [] }`, '1:54 action: there is no field "action": did you mean actions?'],
  [
    "a misspelt act",
    `${start}, "actions": [{ "atMs": 1, "do": "partion" }] }`,
    `1:79 actions[0].do: expected one of ${actNames.join(", ")}, found "partion": did you mean partition?`,
  ],
  [
    "a misspelt field of an act",
    `${start}, "actions": [{ "atMs": 1, "do": "crash", "sever": "S1" }] }`,
    '1:94 actions[0].sever: there is no field "sever": did you mean server?',
  ],
  [
    "a misspelt bug",
    `${start}, "bugs": ["double vote"] }`,
    '1:63 bugs[0]: expected the name of a bug, such as double-vote, found "double vote": did you mean double-vote?',
  ],
  [
    "a misspelt profile",
    `${start}, "profile": "etdc" }`,
    '1:54 profile: expected one of paper, dissertation, etcd, etcd-server, found "etdc": did you mean etcd?',
  ],
  [
    "a misspelt word of an option",
    `${start}, "options": { "reads": "leas" } }`,
    '1:67 options.reads: expected one of log, safe, lease, found "leas": did you mean lease?',
  ],
  [
    "a misspelt nemesis",
    `${start}, "actions": [{ "atMs": 1, "do": "nemesis", "id": 1, "fault": "crsh", "everyMs": [1, 2] }] }`,
    `1:105 actions[0].fault: expected one of ${faultNames.join(", ")}, found "crsh": did you mean crash?`,
  ],
  [
    "a field that is missing",
    `${start}, "actions": [{ "atMs": 1, "do": "crash" }] }`,
    '1:66 actions[0].server: is missing: expected a server\'s name such as "S1"',
  ],
  [
    "a name that is there twice inside",
    `${start}, "options": { "preVote": true,\n "preVote": false } }`,
    "2:2 options.preVote: expected once: it is here twice, first in line 1",
  ],
];

describe("a recording that somebody wrote by hand", () => {
  test.each([...written, ...more])("%s", (_what, text, expected) => {
    expect(said(text)).toBe(expected);
  });
});
