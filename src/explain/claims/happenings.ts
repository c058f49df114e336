import { entryAt, knownHash, knownTerm, lastIndex } from "../../raft/log.ts";
import type { RaftOptions } from "../../raft/options.ts";
import { reloads } from "../../raft/reload.ts";
import type { Act } from "../../world/acts.ts";
import type { Happening } from "../../world/facts.ts";
import { replicaOf } from "../../world/replicas.ts";
import type { Request } from "../../world/state/clients.ts";
import type { KvCommand } from "../../world/state/commands.ts";
import type { Machine } from "../../world/state/machine.ts";
import type { World } from "../../world/types.ts";
import { agreed, all, holds, is, when } from "./claim.ts";
import type { Ledger } from "./ledger.ts";

type Kind = Exclude<Happening["kind"], "decided">;
type Told<Each extends Kind> = Extract<Happening, { readonly kind: Each }>;
type HappeningClaims = {
  readonly [Each in Kind]: (happening: Told<Each>, world: World, ledger: Ledger) => string | null;
};

/** Of the group that the happening belongs to. */
const machineOf = (world: World, server: number, { group }: Pick<Happening, "group">): Machine =>
  replicaOf(world, server, group ?? 1)!;
function requestOf({ clients: { open, ended } }: World, number: number): Request | undefined {
  const isIt = (request: Request): boolean => request.number === number;
  return open.findLast(isIt) ?? ended.findLast(isIt);
}
const askedBy = (
  {
    request: number,
    operation,
    client,
  }: Told<"requestAsked" | "requestRepeated" | "requestAnswered" | "requestRefused" | "requestGivenUp">,
  world: World,
) => {
  const request = requestOf(world, number);
  return all(
    is("what was asked", operation, request?.operation),
    when(client !== undefined, () => is("whose request it is", client, request?.client)),
  );
};

const valuesIn = (given: Partial<RaftOptions>) => Object.entries(given) as [keyof RaftOptions, unknown][];

/** What the sentences of happenings assert, held against the world as it is when they are told. */
const claims: HappeningClaims = {
  sent({ ref, payload, group }, world) {
    const reply = payload.type === "ClientReply" && payload.outcome.kind === "redirect" ? payload.outcome : null;
    return all(
      is("whom it is for", ref.to, payload.to),
      is("the number of messages sent on that link", ref.ordinal, world.links[ref.from]?.[payload.to]?.sent),
      when(reply !== null, () => {
        const { raft } = machineOf(world, ref.from, { ...(group === undefined ? {} : { group }) });
        return all(
          is("its leader", reply?.leader, raft.leader),
          is("whether it leads", reply?.leader === ref.from, raft.role === "leader"),
        );
      }),
    );
  },
  received: ({ ref, payload }, world, ledger) =>
    all(
      is("who got it", ref.to, payload.to),
      ledger.underWay({ ref, payload }),
      when(payload.to !== 0, () => is("what its process does", "up", replicaOf(world, payload.to)?.status)),
    ),
  lost: (happening, world, ledger) => {
    const { ref, payload, reason } = happening;
    return all(
      is("whom it was for", ref.to, payload.to),
      ledger.underWay(happening),
      ledger.lostFor(happening),
      when(reason === "down", () => is("what its process does", "down", replicaOf(world, payload.to)?.status)),
      when(reason === "overflow", () => is("what its process does", "paused", replicaOf(world, payload.to)?.status)),
    );
  },
  duplicated: (happening, _, ledger) => {
    const { ref, copy } = happening;
    return all(
      ledger.doubled(happening),
      is("the message", [ref.from, ref.to, ref.ordinal], [copy.from, copy.to, copy.ordinal]),
      holds(copy.copy > 0, "that is no copy"),
    );
  },
  held: ({ server, ref, group }, world) =>
    all(
      is("whom it was for", server, ref.to),
      is("what its process does", "paused", replicaOf(world, server)?.status),
      holds(
        machineOf(world, server, { ...(group === undefined ? {} : { group }) }).inbox.some(
          (packet) =>
            packet.ref.from === ref.from && packet.ref.ordinal === ref.ordinal && packet.ref.copy === ref.copy,
        ),
        "it does not wait",
      ),
    ),
  diskWritten(happening, world) {
    const { disk } = machineOf(world, happening.server, happening);
    const { term, votedFor, lastIndex: last } = happening;
    return is("what the disk has", [term, votedFor, last], [disk.term, disk.votedFor, lastIndex(disk.log)]);
  },
  crashed(happening, world, ledger) {
    const { server, lostFrom, lostTo, unwrittenWrites } = happening;
    const { raft, disk, status } = machineOf(world, server, happening);
    const onDisk = (index: number): boolean => {
      const had = knownHash(raft.log, index);
      return index <= lastIndex(disk.log) && had !== null && had === (knownHash(disk.log, index) ?? had);
    };
    return all(
      is("what its process does", "down", status),
      is("where its log ended", lostTo, lastIndex(raft.log)),
      when(world.setup.groups === 1, () =>
        is("how many writes were under way", unwrittenWrites, ledger.unwrittenAt(happening)),
      ),
      when(lostFrom <= lostTo, () => holds(!onDisk(lostFrom), `entry ${lostFrom} is on its disk`)),
      when(lostFrom - 1 > raft.log.base, () => holds(onDisk(lostFrom - 1), `entry ${lostFrom - 1} is not on its disk`)),
    );
  },
  restarted(happening, world) {
    const { disk, raft, status } = machineOf(world, happening.server, happening);
    const { term, votedFor, lastIndex: last } = happening;
    return all(
      is("what its process does", "up", status),
      is("what the disk has", [term, votedFor, last], [disk.term, disk.votedFor, lastIndex(disk.log)]),
      is("what it starts with", [term, votedFor, last], [raft.term, raft.votedFor, lastIndex(raft.log)]),
    );
  },
  stateApplied(happening, world, ledger) {
    const { server, index, change, operation, value } = happening;
    const { raft, store } = machineOf(world, server, happening);
    const had = ledger.appliedBefore(happening);
    const next = had === undefined || had < raft.log.base ? index : had + 1;
    if (index <= raft.log.base) return is("the next entry", index, next);
    // Where a rule is broken, what was applied may have gone again in the same step.
    if (world.setup.bugs.length > 0 && index > raft.commitIndex) return is("the next entry", index, next);
    if (index > lastIndex(raft.log)) return `there is no entry ${index}`;
    const entry = entryAt(raft.log, index);
    return all(
      is("the next entry", index, next),
      is("what the entry changes", change?.changes, entry.change?.changes),
      is("what the entry says", operation, (entry.command as KvCommand | null)?.operation ?? null),
      when(operation?.op === "get" && happening.unexecuted === undefined, () =>
        is("what is there", value, operation?.op === "get" ? (store.data.get(operation.key) ?? null) : null),
      ),
    );
  },
  compacted(happening, world) {
    const { raft } = machineOf(world, happening.server, happening);
    return all(
      is("where its log begins", happening.index, raft.log.base),
      is("what it has applied", happening.index, raft.lastApplied),
    );
  },
  optionsFollowed({ server, options, later, started }, world, ledger) {
    const { options: follows, atStart, status } = machineOf(world, server, {});
    const before = ledger.followedBefore(server);
    const names = Object.keys(follows) as (keyof RaftOptions)[];
    return all(
      ...valuesIn(options).map(([name, value]) => is(`what it follows of ${name}`, value, follows[name])),
      ...valuesIn(later).map(([name, value]) => is(`what it reads of ${name}`, value, (atStart ?? follows)[name])),
      ...names.map((name) =>
        holds(before === undefined || before[name] === follows[name] || name in options, `${name} has changed, too`),
      ),
      is("whether it has just started", started, ledger.startsNow(server, world)),
      when(started, () => is("what its process does", "up", status)),
      holds(!started || atStart === null, "something waits for its start still"),
    );
  },
  requestAsked: (happening, world) =>
    all(askedBy(happening, world), is("whom it asks", happening.server, requestOf(world, happening.request)?.server)),
  requestRepeated: (happening, world) =>
    all(
      askedBy(happening, world),
      is("whom it asks", happening.server, requestOf(world, happening.request)?.server),
      is("whether it has an answer", "asking", requestOf(world, happening.request)?.state),
    ),
  requestAnswered: (happening, world) =>
    all(
      askedBy(happening, world),
      is("what it was told", happening.value, requestOf(world, happening.request)?.value),
      is("who answered", happening.server, requestOf(world, happening.request)?.server),
    ),
  requestRedirected: (happening, world, ledger) => {
    const { from, to, request, client } = happening;
    return all(
      ledger.redirected(happening),
      when(client !== undefined, () => is("whose request it is", client, requestOf(world, request)?.client)),
      holds(from !== to, "that is the same one"),
      is("whom it asks", to, requestOf(world, request)?.server),
    );
  },
  requestRefused: (happening, world) => {
    const { request, server } = happening;
    return all(
      askedBy(happening, world),
      is("who refused", server, requestOf(world, request)?.server),
      holds(requestOf(world, request)?.state !== "asking", "it still asks"),
    );
  },
  requestGivenUp: (happening, world) => {
    const { request, server, untaken } = happening;
    return all(
      askedBy(happening, world),
      is("whom it asked last", server, requestOf(world, request)?.server),
      is("what is known of it", untaken ? "failed" : "unknown", requestOf(world, request)?.state),
    );
  },
  acted: ({ act, ignored, by }, world) =>
    all(
      holds(
        !("server" in act) || act.server === undefined || replicaOf(world, act.server) !== undefined,
        "there is no such server",
      ),
      when(by !== undefined, () =>
        holds(
          world.nemeses.some(({ act: order }) => order.id === by && order.fault === act.do),
          "there is no such nemesis",
        ),
      ),
      when(ignored === null, () => possible(act, world)),
    ),
  ended: (happening, world, ledger) => ledger.endsNow(happening, world),
  crashPoint({ server, point, kept, of, ...rest }, world) {
    const { armed, disk, status } = machineOf(world, server, rest);
    return all(
      holds(status !== "down", "it is down"),
      is("where it is to crash", point, armed === null ? point : armed.at),
      when(point === "beforeWrite", () => is("how many are stored", 0, kept)),
      when(point === "tornWrite", () => holds(kept < of || of === 0, "all of them are stored")),
      when(point === "afterWrite" || point === "betweenSends", () => is("how many are stored", kept, of)),
      holds(kept <= lastIndex(disk.log) - disk.log.base, `its disk ends at entry ${lastIndex(disk.log)}`),
      holds(kept >= 0, "that is less than nothing"),
    );
  },
  diskTrouble({ server, what, index, ...rest }, world) {
    const { disk, status } = machineOf(world, server, rest);
    return all(
      when(what === "vanished" || what === "discarded", () => is("where its log ends", index - 1, lastIndex(disk.log))),
      when(what === "notStarted", () =>
        all(is("what its process does", "down", status), is("what does not fit", index, disk.corrupt?.index)),
      ),
      when(what === "full", () =>
        all(
          is("what is wrong with its disk", "full", disk.trouble?.kind),
          holds(index <= lastIndex(disk.log) + 1, `its disk has no entry ${index - 1}`),
        ),
      ),
    );
  },
  noMajority({ members, group }, world) {
    const reached = (from: number): readonly number[] =>
      world.setup.servers.flatMap(({ id }) => {
        const both = world.links[from]?.[id]?.up && world.links[id]?.[from]?.up;
        return id === from || (both && replicaOf(world, id)?.status === "up") ? [id] : [];
      });
    return all(
      ...members.map((id) => {
        const { raft, status } = replicaOf(world, id, group ?? 1)!;
        return all(
          is(`what S${id} does`, "up", status),
          holds(!agreed(raft.configuration, (other) => reached(id).includes(other)), `S${id} reaches a majority`),
        );
      }),
    );
  },
  entryLost({ index, term, on, by, group }, world) {
    const replicas = world.setup.servers.flatMap(({ id }) => replicaOf(world, id, group ?? 1) ?? []);
    const has = ({ raft, disk }: Machine): boolean =>
      [raft.log, disk.log].some((log) => index > log.base && knownTerm(log, index) === term);
    const committed = replicas.some(({ raft }) => raft.commitIndex >= index && knownTerm(raft.log, index) === by);
    return all(
      is(
        "who has it",
        on,
        replicas.filter(has).map(({ id }) => id),
      ),
      when(on.length > 0, () => holds(by !== term && committed, `no entry of term ${by} is committed there`)),
    );
  },
  violated: ({ property, detail }, world) =>
    is("what is broken", [property, detail], [world.violation?.property, world.violation?.detail]),
};

/** What of a happening's sentence is false; null: nothing. */
export function judgeHappening<Each extends Kind>(
  kind: Each,
  happening: Told<Each>,
  world: World,
  ledger: Ledger,
): string | null {
  const claim: HappeningClaims[Each] = claims[kind];
  return claim(happening, world, ledger);
}

/** What is about to be done can be done: a process that is down does not crash, what is not under way is not dropped. */
function possible(act: Act, world: World): string | null {
  const status = "server" in act && act.server !== undefined ? replicaOf(world, act.server)?.status : undefined;
  switch (act.do) {
    case "crash":
      return holds(status !== "down", "it is down");
    case "restart":
      return is("what its process does", "down", status);
    case "pause":
      return is("what its process does", "up", status);
    case "resume":
      return is("what its process does", "paused", status);
    case "timeout":
    case "heartbeat":
    case "timer":
    case "compact":
    case "transfer":
    case "members":
    case "forget":
      return is("what its process does", "up", status);
    case "options":
      return all(
        ...valuesIn(act.options).map(([name]) => holds(reloads[name].takes !== "never", `${name} never changes`)),
      );
    default:
      return null;
  }
}
