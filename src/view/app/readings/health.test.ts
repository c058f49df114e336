import { expect, test } from "vitest";
import type { ServerId } from "../../../base/units.ts";
import { healthOf, lagOf } from "../../../store/health.ts";
import { linkOf } from "../../../world/network.ts";
import type { Machine } from "../../../world/state/machine.ts";
import { eachMoment, Reader, type Reading, type Seen } from "./fixtures.ts";

/** What is said of the cluster's health, held against machines, links and the configuration that counts. */

const isUp = ({ machines }: Seen, id: ServerId): boolean => machines[id - 1]?.status === "up";
const leading = ({ machines }: Seen): readonly Machine[] =>
  machines.filter(({ status, raft }) => status === "up" && raft.role === "leader");
const leader = (seen: Seen): Machine | undefined => [...leading(seen)].sort((a, b) => b.raft.term - a.raft.term)[0];

/** Of each half, the old one first: of the leader's configuration, or of one that nobody has committed more than. */
function halvesOf(seen: Seen): readonly (readonly ServerId[])[] {
  const most = Math.max(
    ...seen.machines.map(({ raft }) => (raft.configuration.voters.length > 0 ? raft.commitIndex : -1)),
  );
  const knows = seen.machines.find(({ raft }) => raft.configuration.voters.length > 0 && raft.commitIndex === most);
  const { voters, outgoing } = (leader(seen) ?? knows ?? seen.machines[0]!).raft.configuration;
  return outgoing.length > 0 ? [outgoing, voters] : [voters];
}
const touches = (seen: Seen, a: ServerId, b: ServerId): boolean =>
  isUp(seen, a) && isUp(seen, b) && (a === b || (linkOf(seen.world, a, b).up && linkOf(seen.world, b, a).up));

const majority = (voters: readonly ServerId[], agrees: (id: ServerId) => boolean): boolean =>
  voters.filter(agrees).length * 2 > voters.length;
const quorum = (seen: Seen, agrees: (id: ServerId) => boolean): boolean =>
  halvesOf(seen).every((voters) => majority(voters, agrees));
const hasQuorum = (seen: Seen, id: ServerId): boolean => quorum(seen, (other) => touches(seen, id, other));

/** "2 of 3 old and 3 of 3 new voters", "2 and 2 must agree". */
function figures(seen: Seen, some: string | undefined, needed: string | undefined, agrees: (id: ServerId) => boolean) {
  const halves = halvesOf(seen);
  const counts = [...(some ?? "").matchAll(/(\d) of (\d)/g)].map(([, a, b]) => [Number(a), Number(b)]);
  const must = [...(needed ?? "").matchAll(/\d/g)].map(Number);
  expect(counts).toEqual(halves.map((voters) => [voters.filter(agrees).length, voters.length]));
  expect(must).toEqual(halves.map(({ length }) => Math.floor(length / 2) + 1));
  return true;
}

const voters = "(\\d of \\d(?: old and \\d of \\d new)? voters)";
const must = "(\\d(?: and \\d)? must agree)";
const form = (text: string): RegExp => new RegExp(`^${text.replace("VOTERS", voters).replace("MUST", must)}$`);
const leads = (seen: Seen, id: string | undefined): boolean => leader(seen)?.id === Number(id);

/** Whether every failure of one of those that the leader leads with leaves it without a quorum. */
const oneMore = (seen: Seen, id: ServerId): boolean => {
  const halves = halvesOf(seen);
  const critical = halves.filter((half) => half.filter((v) => touches(seen, id, v)).length * 2 - half.length <= 2);
  return critical.some((half) =>
    half
      .filter((v) => touches(seen, id, v))
      .every((failed) => !quorum(seen, (other) => other !== failed && touches(seen, id, other))),
  );
};

const readings: readonly Reading<Seen>[] = [
  [
    form("Healthy: S(\\d) leads with VOTERS, and MUST\\."),
    (seen, id, some, needed) =>
      leads(seen, id) &&
      hasQuorum(seen, Number(id)) &&
      !oneMore(seen, Number(id)) &&
      figures(seen, some, needed, (other) => touches(seen, Number(id), other)),
  ],
  [
    form("Quorum at risk: S(\\d) leads with VOTERS, and MUST\\. One more failure stops it\\."),
    (seen, id, some, needed) =>
      leads(seen, id) &&
      hasQuorum(seen, Number(id)) &&
      oneMore(seen, Number(id)) &&
      figures(seen, some, needed, (other) => touches(seen, Number(id), other)),
  ],
  [
    form("No leader: VOTERS run, and MUST\\."),
    (seen, some, needed) =>
      leading(seen).length === 0 &&
      quorum(seen, (id) => isUp(seen, id)) &&
      figures(seen, some, needed, (id) => isUp(seen, id)),
  ],
  [
    form("Cut off: S(\\d) leads with VOTERS, but MUST\\."),
    (seen, id, some, needed) =>
      leads(seen, id) &&
      !hasQuorum(seen, Number(id)) &&
      figures(seen, some, needed, (other) => touches(seen, Number(id), other)),
  ],
  [
    form("No quorum: VOTERS run, and MUST\\."),
    (seen, some, needed) =>
      !quorum(seen, (id) => isUp(seen, id)) && figures(seen, some, needed, (id) => isUp(seen, id)),
  ],
  [
    form("No quorum: VOTERS run, MUST, and none of them reaches so many\\."),
    (seen, some, needed) =>
      halvesOf(seen)
        .flat()
        .every((id) => !hasQuorum(seen, id)) && figures(seen, some, needed, (id) => isUp(seen, id)),
  ],
];

test("what is said of the cluster's health is so, and so is every lag", () => {
  const reader = new Reader(readings);
  const wrong: string[] = [];
  eachMoment((seen, where) => {
    reader.hold(healthOf(seen.frame).sentence, seen, where);
    const leads = leader(seen);
    for (const server of seen.frame.servers) {
      const match = server.id === leads?.id ? undefined : leads?.raft.progress[server.id]?.match;
      const lag = leads === undefined || match === undefined ? null : leads.raft.log.last - match;
      if (lagOf(server, seen.frame) !== lag) wrong.push(`${where}: the lag of S${server.id}`);
    }
  });
  expect([[...reader.wrong].slice(0, 5), wrong.slice(0, 5)]).toEqual([[], []]);
  expect(reader.missed).toEqual([]);
});
