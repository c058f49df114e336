import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { PassThrough } from "node:stream";
import { afterEach, describe, expect, test } from "vitest";
import { drive as command } from "../cli/drive/main.ts";
import { Usage } from "../cli/usage.ts";

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
/** The same in this process. */
function driveHere() {
  const [input, output] = [new PassThrough(), new PassThrough({ encoding: "utf8" })];
  const heard = () =>
    ((output.read() ?? "") as string)
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
  return { input, heard, ended: command([], input, output) };
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
    const { input, heard, ended } = driveHere();
    const impossible = ['{"op":"tick","node":7}', '{"op":"deliver"}', '{"op":"restart","node":1}'];
    input.end([JSON.stringify(init), ...impossible].join("\n"));
    expect(await ended).toBe(0);
    const [first, ...answers] = heard();
    expect(answers).toHaveLength(impossible.length);
    for (const { err, nodes } of answers) {
      expect(err).toMatch(/^\w+( \w+)+$/);
      expect(nodes).toEqual(first.nodes);
    }
  });

  const invalid: Readonly<Record<string, [line: string, complaint: RegExp]>> = {
    "with an unknown command": ['{"op":"explode"}', /op: /],
    "with an unknown field": ['{"op":"tick","nodes":1}', /nodes: /],
    "with a field of the wrong type": ['{"op":"tick","n":"all"}', /n: /],
    "that is no object": ["7", /command: /],
  };
  for (const [what, [line, reason]] of Object.entries(invalid)) {
    test(`a line ${what} ends it with a message, after the answers before it`, async () => {
      const { input, heard, ended } = driveHere();
      input.write(`${JSON.stringify(init)}\n${line}\n`);
      const complaint = await ended.catch((error: unknown) => error);
      expect(complaint).toBeInstanceOf(Usage);
      expect((complaint as Usage).message).toMatch(reason);
      expect(heard()).toHaveLength(1);
    });
  }

  test("a line that is not JSON ends it with exit code 2 and a message, after the answers before it", async () => {
    const { say, rest, ended } = drive();
    say(JSON.stringify(init));
    say("{op:");
    const { code, complaint } = await ended;
    expect(code).toBe(2);
    expect(complaint).toMatch(/not JSON: \{op:/);
    expect(await rest()).toHaveLength(1);
  });
});
