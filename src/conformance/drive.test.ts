import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { afterEach, describe, expect, test } from "vitest";

/** The real `drive` process: lines in, lines out. */

const root = `${import.meta.dirname}/../..`;
const started: ChildProcess[] = [];

function drive() {
  const child = spawn(process.execPath, ["--import", "tsx", "src/cli/main.ts", "drive"], { cwd: root, stdio: "pipe" });
  started.push(child);
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  let complaint = "";
  child.stderr.on("data", (text) => (complaint += text));
  const ended = new Promise<{ code: number | null; complaint: string }>((resolve) =>
    child.on("close", (code) => resolve({ code, complaint })),
  );
  return {
    say: (line: string) => void child.stdin.write(`${line}\n`),
    hear: async () => JSON.parse((await answers.next()).value ?? "null"),
    rest: async () => {
      const lines: string[] = [];
      for await (const line of { [Symbol.asyncIterator]: () => answers }) lines.push(line);
      return lines;
    },
    end: () => void child.stdin.end(),
    ended,
  };
}
afterEach(() => {
  for (const child of started.splice(0)) child.kill();
});

const init = { op: "init", nodes: [{ id: 1, voters: [1] }] };

describe("drive", () => {
  test("answers each command at once, with its number and the command", async () => {
    const { say, hear, end, ended } = drive();
    say(JSON.stringify(init));
    expect(await hear()).toMatchObject({
      step: 0,
      cmd: init,
      net: [],
      nodes: { 1: { role: "Follower", timeout: 11 } },
    });
    say('{"op":"campaign","node":1}');
    expect(await hear()).toMatchObject({ step: 1, nodes: { 1: { role: "Leader", term: 1, commit: 1 } } });
    end();
    expect(await ended).toEqual({ code: 0, complaint: "" });
  });

  test("a command that cannot be carried out changes nothing, and its answer says why", async () => {
    const { say, hear } = drive();
    say(JSON.stringify(init));
    const { nodes } = await hear();
    for (const impossible of ['{"op":"tick","node":7}', '{"op":"deliver"}', '{"op":"restart","node":1}']) {
      say(impossible);
      const answer = await hear();
      expect(answer.err).toMatch(/^\w+( \w+)+$/);
      expect(answer.nodes).toEqual(nodes);
    }
  });

  const invalid: Readonly<Record<string, [line: string, complaint: RegExp]>> = {
    "that is not JSON": ["{op:", /not JSON: \{op:/],
    "with an unknown command": ['{"op":"explode"}', /op: /],
    "with an unknown field": ['{"op":"tick","nodes":1}', /nodes: /],
    "with a field of the wrong type": ['{"op":"tick","n":"all"}', /n: /],
    "that is no object": ["7", /command: /],
  };
  for (const [what, [line, reason]] of Object.entries(invalid)) {
    test(`a line ${what} ends it with exit code 2 and a message, after the answers before it`, async () => {
      const { say, rest, ended } = drive();
      say(JSON.stringify(init));
      say(line);
      const { code, complaint } = await ended;
      expect(code).toBe(2);
      expect(complaint).toMatch(reason);
      expect(await rest()).toHaveLength(1);
    });
  }
});
