import { expect, test } from "vitest";
import { createQueue } from "./queue.ts";

const quiet = () => new Promise<void>((resolve) => setTimeout(resolve, 0));

function setUp() {
  const errors: unknown[] = [];
  const log: string[] = [];
  const queue = createQueue((error) => errors.push(error));
  const say = (word: string) => async () => {
    await Promise.resolve();
    log.push(word);
  };
  return { queue, log, errors, say };
}

test("one at a time, in order", async () => {
  const { queue, log, say } = setUp();
  queue.add(say("a"));
  queue.add(say("b"));
  expect(queue.size()).toBe(2);
  await quiet();
  expect(log).toEqual(["a", "b"]);
  expect(queue.size()).toBe(0);
});

test("work that throws is told, and stops nothing", async () => {
  const { queue, log, errors, say } = setUp();
  queue.add(() => Promise.reject(new Error("boom")));
  queue.add(say("after"));
  await quiet();
  expect(errors).toHaveLength(1);
  expect(log).toEqual(["after"]);
  expect(queue.size()).toBe(0);
});

test("calls that wait together become the newest one, at the place of the first", async () => {
  const { queue, log, say } = setUp();
  const show = queue.newest(async (word: string) => void log.push(word));
  show("old");
  queue.add(say("between"));
  show("new");
  await quiet();
  expect(log).toEqual(["new", "between"]);
  show("later");
  await quiet();
  expect(log.at(-1)).toBe("later");
});

test("what waits when the queue is cleared is not run, and what comes later is", async () => {
  const { queue, log, say } = setUp();
  const show = queue.newest(async (word: string) => void log.push(word));
  queue.add(say("a"));
  show("b");
  queue.clear();
  show("c");
  await quiet();
  expect(log).toEqual(["c"]);
});
