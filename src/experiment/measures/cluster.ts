import type { LogIndex, Micros } from "../../base/units.ts";
import { lastIndex } from "../../raft/log.ts";
import { exactly, whole } from "../../scenario/leaves.ts";
import type { Machine } from "../../world/state/machine.ts";
import type { World } from "../../world/types.ts";
import type { MeasureKind } from "./measure.ts";
import { perSecond, quantileOf } from "./numbers.ts";

/** What the servers do, watched for the whole time. */

const machines = (world: World): readonly Machine[] => world.machines.filter((machine) => machine !== undefined);
const highestCommit = (world: World): LogIndex =>
  machines(world).reduce((most, { raft }) => Math.max(most, raft.commitIndex), 0);

/** From the moment at which a leader appends an entry until it knows that it is committed. */
export const commitLatency: MeasureKind<{ readonly percentile: number }> = {
  schema: exactly({ percentile: whole(1, 100) }),
  unit: "time",
  title: ({ percentile }) => `commit latency of ${percentile} % of the entries`,
  conditions: () => [],
  begin({ percentile }, { world }) {
    const latencies: Micros[] = [];
    /** By server: the term that it leads, its commit index, and when it appended the entries after that. */
    const leading = new Map<
      number,
      { term: number; commit: LogIndex; last: LogIndex; appended: Map<LogIndex, Micros> }
    >();
    return {
      over: () => false,
      value: () => quantileOf(latencies, percentile),
      stepped({ id, group, raft }) {
        if (group !== 1 || raft.role !== "leader") return;
        const last = lastIndex(raft.log);
        let own = leading.get(id);
        if (own?.term !== raft.term) {
          own = { term: raft.term, commit: raft.commitIndex, last, appended: new Map() };
          leading.set(id, own);
        }
        for (; own.last < last; own.last++) own.appended.set(own.last + 1, world.now);
        for (; own.commit < raft.commitIndex; own.commit++) {
          const at = own.appended.get(own.commit + 1);
          if (at !== undefined) latencies.push(world.now - at);
          own.appended.delete(own.commit + 1);
        }
      },
    };
  },
};

/** Messages between servers for each entry that was committed. */
export const messagesPerCommit: MeasureKind<Record<never, never>> = {
  schema: exactly({}),
  unit: "count",
  title: () => "messages between servers per committed entry",
  conditions: () => [],
  begin(_, { world }) {
    const sent = (): number =>
      world.links.slice(1).reduce((sum, row) => row.slice(1).reduce((all, link) => all + link.sent, sum), 0);
    const [sentBefore, commitBefore] = [sent(), highestCommit(world)];
    return {
      over: () => false,
      value() {
        const commits = highestCommit(world) - commitBefore;
        return commits === 0 ? null : (sent() - sentBefore) / commits;
      },
    };
  },
};

/** Entries that were committed in a second. */
export const commitRate: MeasureKind<Record<never, never>> = {
  schema: exactly({}),
  unit: "perSecond",
  title: () => "committed entries per second",
  conditions: () => [],
  begin(_, { world, begun }) {
    const before = highestCommit(world);
    return {
      over: () => false,
      value: () => perSecond(highestCommit(world) - before, world.now - begun),
    };
  },
};

/** Until every server that runs has applied what was committed when the measuring began. */
export const catchUp: MeasureKind<Record<never, never>> = {
  schema: exactly({}),
  unit: "time",
  title: () => "time until every server has applied what was committed",
  conditions: () => [],
  begin(_, { world, begun }) {
    const goal = highestCommit(world);
    const behind = ({ group, status, raft }: Machine): boolean =>
      group === 1 && status !== "down" && raft.lastApplied < goal;
    return {
      over: () => !machines(world).some(behind),
      value: (over) => (over ? world.now - begun : null),
    };
  },
};
