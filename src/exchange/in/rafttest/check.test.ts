import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkScript } from "./check.ts";
import { readScript } from "./script.ts";

const script = `
# Two servers; one leads, and a write is committed.
log-level none
----
ok

add-nodes 2 voters=(1,2) index=4
----
ok

campaign 2
----
ok

log-level debug
----
ok

process-ready 2
----
Ready MustSync=true:
Lead:0 State:StateCandidate
HardState Term:1 Vote:2 Commit:4
Messages:
2->1 MsgVote Term:1 Log:1/4
INFO 2 received MsgVoteResp from 2 at term 1
INFO 2 has received 1 MsgVoteResp votes and 0 vote rejections

deliver-msgs 1
----
2->1 MsgVote Term:1 Log:1/4
INFO 1 [term: 0] received a MsgVote message with higher term from 2 [term: 1]

stabilize log-level=none
----
ok

propose 2 put_x
----
ok

stabilize
----
> 2 handling Ready
  Ready MustSync=true:
  Entries:
  1/6 EntryNormal "put_x"
  Messages:
  2->1 MsgApp Term:1 Log:1/5 Commit:5 Entries:[1/6 EntryNormal "put_x"]
> 1 receiving messages
  2->1 MsgApp Term:1 Log:1/5 Commit:5 Entries:[1/6 EntryNormal "put_x"]
> 1 handling Ready
  Ready MustSync=true:
  Entries:
  1/6 EntryNormal "put_x"
  Messages:
  1->2 MsgAppResp Term:1 Log:0/6
> 2 receiving messages
  1->2 MsgAppResp Term:1 Log:0/6
> 2 handling Ready
  Ready MustSync=false:
  HardState Term:1 Vote:2 Commit:6
  CommittedEntries:
  1/6 EntryNormal "put_x"
  Messages:
  2->1 MsgApp Term:1 Log:1/6 Commit:6
> 1 receiving messages
  2->1 MsgApp Term:1 Log:1/6 Commit:6
> 1 handling Ready
  Ready MustSync=false:
  HardState Term:1 Vote:2 Commit:6
  CommittedEntries:
  1/6 EntryNormal "put_x"
  Messages:
  1->2 MsgAppResp Term:1 Log:0/6
> 2 receiving messages
  1->2 MsgAppResp Term:1 Log:0/6

raft-state
----
1: StateFollower (Voter) Term:1 Lead:2
2: StateLeader (Voter) Term:1 Lead:2

status 2
----
1: StateReplicate match=6 next=7
2: StateReplicate match=6 next=7

raft-log 1
----
1/5 EntryNormal ""
1/6 EntryNormal "put_x"

propose-conf-change 2 v1=true
l3
----
ok

process-ready 2
----
Ready MustSync=true:
Entries:
1/7 EntryConfChange l3
Messages:
2->1 MsgApp Term:1 Log:1/6 Commit:6 Entries:[1/7 EntryConfChange l3]

deliver-msgs drop=(1)
----
dropped: 2->1 MsgApp Term:1 Log:1/6 Commit:6 Entries:[1/7 EntryConfChange l3]

deliver-msgs 1 type=MsgApp
----
no messages

process-ready 2
----
<empty Ready>
`;

describe("a script", () => {
  test("prints what its file expects, but for the lines of etcd's logger", () => {
    expect(checkScript(script)).toEqual({
      commands: 17,
      compared: 17,
      equal: 17,
      first: null,
      unsupported: "",
      loggerLines: 3,
    });
  });

  test.each([
    ["2->1 MsgVote Term:1 Log:1/4\n", "2->1 MsgVote Term:1 Log:1/5\n", "process-ready 2"],
    ["MustSync=false", "MustSync=true", "stabilize"],
    ["1: StateFollower (Voter) Term:1", "1: StateFollower (Voter) Term:2", "raft-state"],
    ["match=6 next=7\n2:", "match=5 next=7\n2:", "status 2"],
    ["  1->2 MsgAppResp Term:1 Log:0/6\n\nraft-state", "\nraft-state", "stabilize"],
    ["<empty Ready>", "<empty Ready>\nmore", "process-ready 2"],
  ])("with %j changed is found to differ", (right, wrong, command) => {
    expect(script).toContain(right);
    const { first, equal } = checkScript(script.replace(right, wrong));
    expect([first?.command, equal]).toEqual([command, 16]);
  });

  test("names the first line that differs, with both texts", () => {
    const { first } = checkScript("add-nodes 1 voters=(1) index=2\n----\nok\n\nraft-state\n----\n1: StateLeader\n");
    expect(first).toEqual({
      line: 7,
      command: "raft-state",
      expected: "1: StateLeader",
      got: "1: StateFollower (Voter) Term:0 Lead:0",
    });
  });

  test("without outputs is carried out, and nothing is compared", () => {
    const bare = script.replaceAll(/^----\n(?:.+\n)+/gm, "----\n");
    expect(checkScript(bare)).toMatchObject({ commands: 17, compared: 0, equal: 0, first: null, unsupported: "" });
  });

  test("ends at a command that cannot be carried out, and names it", () => {
    const ends = (text: string) => checkScript(`${text}\n----\nok\n\nraft-state\n----\nwrong`);
    expect(ends("add-nodes 1 async-storage-writes=true")).toMatchObject({
      ...{ commands: 0, first: null },
      unsupported: "line 1: add-nodes async-storage-writes",
    });
    expect(ends("explode 1").unsupported).toBe("line 1: explode");
    expect(ends("campaign 7").unsupported).toBe("line 1: campaign (there is no server 7)");
  });
});

test("cut and changed anywhere, it comes to an end", () => {
  const words = fc.constantFrom(
    "stabilize",
    "campaign 1",
    "compact 1 9",
    "----",
    "add-nodes 99999999",
    "-1",
    "\n",
    "=",
    "(",
  );
  const damage = fc.tuple(fc.nat(script.length), fc.nat(40), words, fc.nat(script.length));
  fc.assert(
    fc.property(damage, ([from, length, put, end]) => {
      const text = (script.slice(0, from) + put + script.slice(from + length)).slice(0, end);
      const { equal, commands } = checkScript(text);
      expect(equal).toBeLessThanOrEqual(commands);
    }),
    { numRuns: 100 },
  );
});

test("the grammar: comments, brackets, input, lines that go on, and output with blank lines", () => {
  const text = "# c\n\nadd 1 \\\n v=(1, 2) w=x\nin put\n----\n----\na\n\nb\n----\n----\n\nok\n----\n";
  expect(readScript(text)).toEqual([
    {
      line: 3,
      command: "add",
      args: [
        { key: "1", values: [] },
        { key: "v", values: ["1", "2"] },
        { key: "w", values: ["x"] },
      ],
      input: ["in put"],
      expected: ["a", "", "b"],
      expectedFrom: 8,
    },
    { line: 14, command: "ok", args: [], input: [], expected: [], expectedFrom: 16 },
  ]);
});
