import { expect, test } from "vitest";
import { comparedIn } from "./compared.ts";

const line = (own: string, answer: string, its: string): string =>
  `91bc3c398fb3c146 [${own}] ${answer} fd422379fda50e48 [${its}] at term 2`;
const rows = (text: string) =>
  comparedIn(text).map(({ what, here, there, decides, asked }) => [what, here, there, decides, asked]);

test("§5.2 a vote that was given already decides, and the logs are not asked", () => {
  const text = line("logterm: 1, index: 3, vote: 8211f1d0f64f3269", "rejected MsgVote from", "logterm: 1, index: 2");
  expect(rows(text)).toEqual([
    ["votedFor", "8211f1d0f64f3269", "fd422379fda50e48", true, true],
    ["last entry’s term", "1", "1", false, false],
    ["last entry’s index", "3", "2", false, false],
  ]);
});

test("§5.4.1 an older last term decides, or the same with fewer entries", () => {
  const older = line("logterm: 3, index: 3, vote: 0", "rejected MsgVote from", "logterm: 2, index: 9");
  expect(rows(older).map((row) => row[3])).toEqual([false, true, false]);
  const shorter = line("logterm: 3, index: 9, vote: 0", "rejected MsgPreVote from", "logterm: 3, index: 8");
  expect(rows(shorter)).toEqual([
    ["last entry’s term", "3", "3", false, true],
    ["last entry’s index", "9", "8", true, true],
  ]);
});

test("what no value explains is decided by none; a vote that is given passes all", () => {
  const unexplained = line("logterm: 1, index: 3, vote: 0", "rejected MsgVote from", "logterm: 1, index: 3");
  expect(rows(unexplained).some((row) => row[3])).toBe(false);
  const given = line("logterm: 1, index: 3, vote: 0", "cast MsgVote for", "logterm: 1, index: 3");
  expect(rows(given)).toEqual([
    ["votedFor", "nobody", "fd422379fda50e48", false, true],
    ["last entry’s term", "1", "1", false, true],
    ["last entry’s index", "3", "3", false, true],
  ]);
  expect(comparedIn("91bc3c398fb3c146 became leader at term 2")).toEqual([]);
});
