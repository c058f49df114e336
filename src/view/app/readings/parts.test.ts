import { expect, test } from "vitest";
import type { ServerId } from "../../../base/units.ts";
import { entryAt, knownTerm } from "../../../raft/log.ts";
import { noHandover, noSnapshot, successor } from "../../../store/membership.ts";
import type { ActiveFault } from "../../../worker/protocol/faults.ts";
import type { LostView, MessageView } from "../../../worker/protocol/message.ts";
import type { ServerView } from "../../../worker/protocol/server.ts";
import { whyNot } from "../../../world/act.ts";
import { localTime } from "../../../world/clock.ts";
import { findPacket, linkOf } from "../../../world/network.ts";
import type { Request } from "../../../world/state/clients.ts";
import type { KvCommand } from "../../../world/state/commands.ts";
import type { Machine } from "../../../world/state/machine.ts";
import { lossWords } from "../../cluster/words.ts";
import {
  configurationFacts,
  fateOf,
  progressState,
  readWaits,
  roundSentence,
  windowWords,
} from "../../kit/words/words.ts";
import { clock, eachMoment, idsIn, Reader, type Reading, type Seen, same } from "./fixtures.ts";

/** Messages, requests, faults and the values of the inspector, in words. */

interface OfMessage extends Seen {
  readonly message: MessageView;
}
const packet = ({ world, message }: OfMessage) => findPacket(world, message.ref)!;
const fates: readonly Reading<OfMessage>[] = [
  [/^arrives at (?:S\d|client) at (.+)$/, (of, at) => packet(of).lost === null && clock(packet(of).dueAt!) === at],
  [/^is lost at the cut at (.+)$/, (of, at) => packet(of).lost === "cut" && clock(packet(of).dueAt!) === at],
  [/^is lost on the way at (.+)$/, (of, at) => packet(of).lost === "loss" && clock(packet(of).dueAt!) === at],
];
const losses: readonly Reading<Seen & { readonly loss: LostView }>[] = [
  [
    /^(lost at the cut|lost|dropped|lost: too much waited for S\d|lost: S\d was down)$/,
    ({ world, loss }, words) => {
      const reasons = { "lost at the cut": "cut", lost: "loss", dropped: "dropped" } as Record<string, string>;
      const gone = world.lost.find(({ packet: { ref } }) => same(ref, loss.message.ref))!;
      return gone.packet.lost === (reasons[words!] ?? (words!.endsWith("down") ? "down" : "overflow"));
    },
  ],
];

interface OfRequest extends Seen {
  readonly request: Request;
}
/** Somebody has executed it: it came to its entry, and knows its session. */
const isExecuted = ({ machines, request }: OfRequest): boolean =>
  machines.some(({ raft: { log, lastApplied }, status, store }) => {
    if (status === "down") return false;
    for (let at = log.base + 1; at <= lastApplied; at++) {
      const command = entryAt(log, at).command as KvCommand | null;
      if (command?.request !== request.number) continue;
      if (command.tag === null || store.sessions.has(command.tag.session)) return true;
    }
    return false;
  });
const requests: readonly Reading<OfRequest>[] = [
  [/: waits for a session$/, ({ request }) => request.state === "asking" && request.tries === 0],
  [/ at S(\d): no answer yet$/, ({ request }, id) => request.state === "asking" && request.server === Number(id)],
  [
    / at S(\d): not executed$/,
    (of, id) => of.request.state === "failed" && of.request.server === Number(id) && !isExecuted(of),
  ],
  [
    / at S(\d): given up, outcome unknown$/,
    ({ request }, id) => request.state === "unknown" && request.server === Number(id),
  ],
  [
    / is done$| is (?:now )?-?\w+$| has no value$| is no number$| found .+$|^session \d+ is open$/,
    ({ request }) => request.state === "done",
  ],
];

interface OfFault extends Seen {
  readonly fault: ActiveFault;
}
const onMachine = ({ machines }: Seen, id: string | undefined): Machine =>
  machines.find((each) => each.id === Number(id))!;
const everyLink = ({ world, fault }: OfFault, holds: (link: ReturnType<typeof linkOf>) => boolean): boolean =>
  fault.targets.length > 0 && fault.targets.every((target) => "link" in target && holds(linkOf(world, ...target.link)));
const faults: readonly Reading<OfFault>[] = [
  [/^S(\d) is down$/, (of, id) => onMachine(of, id).status === "down"],
  [/^S(\d) stands still$/, (of, id) => onMachine(of, id).status === "paused"],
  [/^S(\d) will crash /, (of, id) => onMachine(of, id).armed !== null],
  [/^S(\d)'s disk is slow: /, (of, id) => onMachine(of, id).disk.trouble?.kind === "slow"],
  [
    /^S(\d)'s disk is stalled: no write comes to its end$/,
    (of, id) => onMachine(of, id).disk.trouble?.kind === "stalled",
  ],
  [
    /^S(\d)'s disk is full, so the server has stopped$/,
    (of, id) => onMachine(of, id).disk.trouble?.kind === "full" && onMachine(of, id).status === "down",
  ],
  [
    /^S(\d)'s disk is full: the next entry stops the server$/,
    (of, id) => onMachine(of, id).disk.trouble?.kind === "full",
  ],
  [
    /^entry (\d+) on S(\d)'s disk is corrupt(, so the server does not start)?(?:: found when the server starts)?$/,
    (of, index, id, stopped) => {
      const { disk, status } = onMachine(of, id);
      return disk.corrupt?.index === Number(index) && (stopped === undefined || status === "down");
    },
  ],
  [
    /^S(\d)'s clock (?:is|goes) /,
    (of, id) =>
      onMachine(of, id).clock.drift !== 0 || localTime(onMachine(of, id).clock, of.world.now) !== of.world.now,
  ],
  [/^links go down and up: /, ({ world }) => world.appointments.some(({ act }) => act.do === "flap")],
  [/: cut$/, (of) => everyLink(of, ({ up }) => !up)],
  [
    /: ([\d.]+) % of the messages are lost$/,
    (of, share) => everyLink(of, ({ overlay }) => overlay?.loss === Number(share) * 10_000),
  ],
  [
    /: ([\d.]+) % of the messages arrive twice$/,
    (of, share) => everyLink(of, ({ overlay }) => overlay?.duplicate === Number(share) * 10_000),
  ],
  [/: messages take .+ longer$/, (of) => everyLink(of, ({ overlay }) => overlay?.delay !== undefined)],
  [
    /: ([\d.]+) % of the messages are overtaken$/,
    (of, share) => everyLink(of, ({ overlay }) => overlay?.reorder?.share === Number(share) * 10_000),
  ],
  [
    /: links carry (\d+) bytes a second$/,
    (of, width) => everyLink(of, ({ overlay }) => overlay?.bandwidth === Number(width)),
  ],
];

interface OfServer extends Seen {
  readonly machine: Machine;
  readonly server: ServerView;
  /** Of a row about another one. */
  readonly other: ServerId;
}
const agreeing = ({ machine: { raft } }: OfServer, round: number): readonly number[] =>
  [...new Set([...raft.configuration.outgoing, ...raft.configuration.voters])].filter(
    (id) => (raft.reads.acks[id] ?? 0) >= round,
  );
const values: readonly Reading<OfServer>[] = [
  [
    /^voters: (.+)$/,
    ({ machine }, list) =>
      same(idsIn(list ?? ""), machine.raft.configuration.voters) && machine.raft.configuration.outgoing.length === 0,
  ],
  [/^old voters: (.+)$/, ({ machine }, list) => same(idsIn(list ?? ""), machine.raft.configuration.outgoing)],
  [/^new voters: (.+)$/, ({ machine }, list) => same(idsIn(list ?? ""), machine.raft.configuration.voters)],
  [/^learners: (.+)$/, ({ machine }, list) => same(idsIn(list ?? ""), machine.raft.configuration.learners)],
  [
    /^quorum: (.+)$/,
    ({ machine: { raft } }, text) => {
      const { voters, outgoing } = raft.configuration;
      const lists = outgoing.length > 0 ? [outgoing, voters] : [voters];
      const told = [...text!.matchAll(/(\d+) of (\d+)/g)].map(([, some, all]) => [Number(some), Number(all)]);
      return voters.length === 0
        ? text === "none"
        : same(
            told,
            lists.map(({ length }) => [Math.floor(length / 2) + 1, length]),
          );
    },
  ],
  [/^state: (replicate|probe)$/, ({ machine, other }, state) => machine.raft.progress[other]!.state === state],
  [
    /^state: snapshot (\d+)(?:, \d+ %)?$/,
    ({ machine, other }, index) => machine.raft.progress[other]!.pendingSnapshot === Number(index),
  ],
  [/^window: –$/, ({ machine, other }) => machine.raft.progress[other]!.inflight.length === 0],
  [
    /^window: (?:(\d+), )?up to (\d+)$/,
    ({ machine, other }, number, last) => {
      const { inflight, outstanding, state } = machine.raft.progress[other]!;
      const end = state === "replicate" ? inflight.at(-1)?.index : outstanding;
      return end === Number(last) && (number === undefined || inflight.length === Number(number));
    },
  ],
  [
    /^read: a commit in term (\d+)$/,
    ({ machine: { raft } }, term) =>
      raft.role === "leader" && raft.term === Number(term) && knownTerm(raft.log, raft.commitIndex) !== raft.term,
  ],
  [/^read: leadership, and a commit in its term$/, ({ machine }) => machine.raft.role !== "leader"],
  [/^read: entry (\d+) applied$/, ({ machine }, index) => machine.raft.lastApplied < Number(index)],
  [
    /^read: .+ confirmations$/,
    ({ machine }) => machine.raft.role === "leader" && machine.raft.reads.unconfirmed.length > 0,
  ],
  [
    /^Heartbeats carry round (\d+), confirmed by (.+?)(?:; not yet by (.+))?\.$/,
    (of, round, yes, no) => {
      const agree = agreeing(of, Number(round));
      const { configuration } = of.machine.raft;
      const all = [...new Set([...configuration.outgoing, ...configuration.voters])].sort((a, b) => a - b);
      return (
        same([...idsIn(yes ?? "")].sort(), [...agree].sort()) &&
        same(
          idsIn(no ?? ""),
          all.filter((id) => !agree.includes(id)),
        )
      );
    },
  ],
  [/^no snapshot: it is (down|paused)$/, ({ machine }, status) => machine.status === status],
  [
    /^no snapshot: it has applied nothing( since its last one)?$/,
    ({ machine: { raft } }) => raft.lastApplied <= raft.log.base,
  ],
  [
    /^no handover: no server leads now$/,
    ({ machines }) => !machines.some(({ status, raft }) => status === "up" && raft.role === "leader"),
  ],
  [/^no handover: S(\d) is handing it over$/, (of, id) => onMachine(of, id).raft.transferee !== 0],
  [/^no handover: (?:it is not a member|a learner cannot lead|no other voter is running)$/, () => true],
];

test("what the page says of messages, requests, faults and values is so", () => {
  const fate = new Reader(fates);
  const loss = new Reader(losses);
  const request = new Reader(requests);
  const fault = new Reader(faults);
  const value = new Reader(values);
  eachMoment((seen, where) => {
    const { frame, world } = seen;
    for (const message of frame.messages) fate.hold(fateOf(message), { ...seen, message }, where);
    for (const each of frame.lost) loss.hold(lossWords(each), { ...seen, loss: each }, where);
    const known = [...world.clients.open, ...world.clients.ended];
    for (const { number, summary } of frame.requests)
      request.hold(summary, { ...seen, request: known.find((each) => each.number === number)! }, where);
    for (const each of frame.faults) fault.hold(each.words, { ...seen, fault: each }, where);
    for (const server of frame.servers) {
      const machine = onMachine(seen, String(server.id));
      const hold = (text: string | null, other = 0): void => {
        if (text !== null) value.hold(text, { ...seen, machine, server, other }, `${where}, S${server.id}`);
      };
      for (const [name, text] of configurationFacts(server)) hold(`${name}: ${text}`);
      for (const row of server.progress ?? []) {
        hold(`state: ${progressState(row)}`, row.server);
        hold(`window: ${windowWords(row)}`, row.server);
      }
      if (server.status === "up") for (const read of server.reads) hold(`read: ${readWaits(server, read)}`);
      if (server.role === "leader" && server.status === "up") hold(roundSentence(server));
      const snapshot = noSnapshot(server);
      hold(snapshot && `no snapshot: ${snapshot}`);
      if (snapshot === null && whyNot(world, { do: "compact", server: server.id }) !== null)
        value.wrong.add(`${where}: S${server.id} is said to be able to make a snapshot`);
      const handover = noHandover(server, frame);
      hold(handover && `no handover: ${handover}`);
      if (handover === null && successor(server, frame) === 0)
        value.wrong.add(`${where}: nobody could lead after S${server.id}`);
    }
  });
  const readers = [fate, loss, request, fault, value];
  expect(readers.flatMap(({ wrong }) => [...wrong].slice(0, 8))).toEqual([]);
  expect(readers.flatMap(({ missed }) => missed)).toEqual([]);
});
