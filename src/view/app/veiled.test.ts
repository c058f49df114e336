import { expect, test } from "vitest";
import { History } from "../../history/history.ts";
import { electing } from "../../lesson/lessons/electing.ts";
import { calm, frameOf } from "../../worker/frame.ts";
import type { Frame } from "../../worker/protocol/frame.ts";
import { wordsOf } from "../cluster/label-words.ts";
import { serverName } from "../cluster/words.ts";
import { nowSentence } from "../kit/words/now.ts";
import { configurationFacts } from "../kit/words/words.ts";

/** What is written beside the servers, read out of them, told of the moment and listed of the cluster. */
const saidOf = (frame: Frame, asked: boolean): readonly string[] => [
  nowSentence(frame, asked),
  ...frame.servers.flatMap((server) => [
    serverName(server, frame.group, false, asked),
    wordsOf(server, 200, undefined, asked),
    ...configurationFacts(server, asked).map(([name, value]) => `${name}: ${value}`),
  ]),
];

test("while a lesson asks how many votes are needed, nothing says it, and afterwards all of it does", () => {
  const { recording } = electing.steps[1]!;
  const history = new History(recording.setup, recording.actions, recording.end);
  history.seek(recording.view!.at);
  const veiled = new Set<string>();
  const told = new Set<string>();
  while (history.world.machines[1]!.raft.role === "candidate") {
    const frame = frameOf(history, { logFrom: 1, logCount: 10 }, calm);
    for (const text of saidOf(frame, true)) veiled.add(text);
    for (const text of saidOf(frame, false)) told.add(text);
    history.stepForward();
  }
  const answers = /need|quorum| of (?:the )?[35]\b/;
  expect([...veiled].filter((text) => answers.test(text))).toEqual([]);
  expect(veiled).toContain("S1 stands in term 1 with 2 votes.");
  expect(veiled).toContain("S1, candidate of term 1, commit 0, 1 vote");
  for (const text of [
    "S1 stands in term 1 with 2 of the 3 votes that it needs.",
    "S1, candidate of term 1, commit 0, 1 of 3 votes needed",
    "candidate, 1 of 3 votes",
    "quorum: 3 of 5",
  ])
    expect(told).toContain(text);
});
