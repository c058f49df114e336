import { expect, test } from "vitest";
import type { ServerView } from "../../worker/protocol/server.ts";
import { layoutStage } from "./layout.ts";
import { ringsOf } from "./rings.ts";

const layout = layoutStage(3, 900, 500);
const longest = 8000;
const follower = {
  id: 1,
  status: "up",
  role: "follower",
  member: "voter",
  voters: [1, 2, 3],
  learners: [],
  lease: null,
  changed: null,
  electionDueAt: 5000,
} as unknown as ServerView;

test("a follower has a thin line with its timer on it", () => {
  const [ring] = ringsOf([follower], layout, longest);
  expect(ring).toMatchObject({ line: true, paper: layout.ring, arc: { radius: layout.ring, due: 5000, length: 8000 } });
});

test("all election timers have one scale, whatever each was set for", () => {
  const soon: ServerView = { ...follower, id: 2, electionDueAt: 900, electionTimeout: 1000 };
  const lengths = ringsOf([follower, soon], layout, longest).map(({ arc }) => arc?.length);
  expect(lengths).toEqual([longest, longest]);
});

test("a timer that stands still is not drawn, nor one of a server that is down", () => {
  expect(ringsOf([{ ...follower, electionDueAt: null }], layout, longest)[0]?.arc).toBeNull();
  expect(ringsOf([{ ...follower, status: "down" }], layout, longest)).toEqual([]);
});

test("a leader has no line, and an arc only for its lease", () => {
  const leader: ServerView = { ...follower, role: "leader", electionDueAt: null };
  expect(ringsOf([leader], layout, longest)[0]).toMatchObject({ line: false, arc: null });
  const lease = { until: 900, longest: 1000 } as ServerView["lease"];
  expect(ringsOf([{ ...leader, lease }], layout, longest)[0]?.arc).toMatchObject({
    colour: "muted",
    due: 900,
    length: 1000,
  });
});

test("a candidate's timer runs inside its ring", () => {
  const [ring] = ringsOf([{ ...follower, role: "candidate" }], layout, longest);
  expect(ring?.line).toBe(false);
  expect(ring?.arc?.radius).toBeLessThan(layout.ring);
});
