import { expect, test } from "vitest";
import { appendEntries, vote } from "../raft/fixtures.ts";
import { profiles } from "../raft/options.ts";
import { elect, ms, play, put, request, setupOf, underWay } from "./fixtures.ts";
import { bytesOf, emptyStore, execute } from "./kv.ts";
import { transmit } from "./network.ts";
import { envelopeBytes, sizeOf } from "./sizes.ts";

/** 32 bytes, the least that a message has, take 1 ms. */
const narrow = { latencyMin: 10 * ms, latencyMax: 10 * ms, bandwidth: envelopeBytes * 1000 };

test("a message takes its latency and the time that its bytes need; the next one waits for the link", () => {
  const it = play(setupOf({ link: narrow }));
  for (let i = 0; i < 3; i++) transmit(it.world, vote({ from: 1, to: 2 }), null);
  transmit(it.world, vote({ from: 1, to: 3 }), null);
  expect(it.world.packets.map(({ ref, arrivesAt }) => [ref.to, arrivesAt / ms])).toEqual([
    [2, 11],
    [3, 11],
    [2, 12],
    [2, 13],
  ]);
});

test("without a limit nothing waits, and the client's links have none", () => {
  const it = play(setupOf());
  for (let i = 0; i < 3; i++) transmit(it.world, vote({ from: 1, to: 2 }), null);
  expect(it.world.packets.map(({ arrivesAt }) => arrivesAt / ms)).toEqual([10, 10, 10]);
  expect(play(setupOf({ link: narrow })).world.links[0]![1]!.settings.bandwidth).toBeNull();
});

test("a link that is cut has nothing on it: after it is mended nothing has to wait", () => {
  const it = play(setupOf({ link: narrow }));
  for (let i = 0; i < 50; i++) transmit(it.world, vote({ from: 1, to: 2 }), null);
  it.act({ do: "cut", links: [[1, 2]] });
  it.until(5 * ms).act({ do: "mend", links: [[1, 2]] });
  transmit(it.world, vote({ from: 1, to: 2 }), null);
  expect(underWay(it, "RequestVoteReply").at(-1)?.arrivesAt).toBe(16 * ms);
});

test("entries have the bytes of their commands", () => {
  const empty = appendEntries({ entries: [] });
  expect(sizeOf(empty)).toBe(envelopeBytes);
  const one = { index: 1, term: 1, command: { digest: 1, bytes: 100 }, change: null };
  expect(sizeOf({ ...empty, entries: [one, { ...one, index: 2, command: null }] })).toBe(envelopeBytes + 100 + 2 * 8);
});

test("§7 a snapshot is as long as the state that it carries", () => {
  const it = elect(play(setupOf({ raft: { ...profiles.etcd, flow: "oneAtATime" } })), 1);
  it.act({ do: "crash", server: 3 });
  for (let i = 0; i < 20; i++) it.act(request(put(`k${i}`, "v".repeat(50))));
  it.until(it.world.now + 500 * ms);
  it.act({ do: "compact", server: 1 });
  it.act({ do: "network", link: { ...it.world.setup.link, bandwidth: 2000 } });
  it.act({ do: "restart", server: 3 });
  it.untilTold((told) => told.kind === "sent" && told.payload.type === "InstallSnapshot");
  const [packet] = underWay(it, "InstallSnapshot");
  const bytes = 20 * 50 + 10 * 2 + 10 * 3;
  expect(packet?.payload).toMatchObject({ snapshot: { bytes } });
  // At 2000 bytes a second: half a second for the contents alone.
  expect(packet!.arrivesAt - packet!.sentAt).toBeGreaterThanOrEqual((bytes + envelopeBytes) * 500 + 10 * ms);
});

test("§6.3 sessions travel with the state: a snapshot has their answers too", () => {
  const store = emptyStore();
  execute(store, put("x", "12"));
  expect(bytesOf(store)).toBe(3);
  store.sessions.set(1, { id: 1, usedAt: 4, low: 1, answers: [{ sequence: 1, value: "abc", index: 4 }] });
  expect(bytesOf(store)).toBe(3 + 24 + 16 + 3);
});
