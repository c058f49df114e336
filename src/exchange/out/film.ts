import type { Micros, ServerId, Term } from "../../base/units.ts";
import { lastIndex, lastTerm, termAt } from "../../raft/log.ts";
import { endName, refName } from "../../scenario/names.ts";
import type { Fact } from "../../world/facts.ts";
import { linkOf } from "../../world/network.ts";
import { replicaOf } from "../../world/replicas.ts";
import type { Machine } from "../../world/state/machine.ts";
import type { MessageRef, Packet, Payload } from "../../world/state/messages.ts";
import type { World } from "../../world/types.ts";
import { noteOf } from "./happenings.ts";
import { seconds } from "./lines.ts";
import { type Life, Lives } from "./lives.ts";

/** A message on its way: from `at`, at the share `begins` of its lane, to `until`, at `ends`. */
export interface Flight {
  readonly from: ServerId;
  readonly to: ServerId;
  readonly payload: Payload;
  readonly at: Micros;
  readonly begins: number;
  until: Micros;
  ends: number;
  lost: boolean;
}

/** Something that holds for a while. */
export interface Spell<T> {
  readonly what: T;
  readonly from: Micros;
  to: Micros;
}
/** The newest entries of a server's log. `before`: so many more are in front of them. */
export interface LogEnd {
  readonly server: ServerId;
  readonly before: number;
  readonly entries: readonly { readonly term: Term; readonly committed: boolean }[];
}

/** More would be too much for what shows the film. */
export const flightsMost = 400;
const spellsMost = 800;
const entriesShown = 6;

interface Way {
  readonly flight: Flight;
  readonly sentAt: Micros;
  arrivesAt: Micros;
}

/** What a film of group 1 is drawn from: to be told everything of a stretch. */
export class Film {
  readonly flights: Flight[] = [];
  readonly logs: Spell<LogEnd>[] = [];
  readonly cuts: Spell<readonly [ServerId, ServerId]>[] = [];
  readonly captions: Spell<string>[] = [];
  private readonly lives = new Lives();
  /** By the message's name. */
  private readonly ways = new Map<string, Way>();
  private fresh: Way[] = [];
  private readonly logNow = new Map<ServerId, { readonly key: string; readonly spell: Spell<LogEnd> }>();
  private readonly cutNow = new Map<string, Spell<readonly [ServerId, ServerId]>>();

  constructor(private readonly from: Micros) {}

  get full(): boolean {
    const spells = this.logs.length + this.cuts.length + this.captions.length;
    return this.flights.length >= flightsMost || spells >= spellsMost;
  }

  begin(world: World): void {
    for (const packet of world.packets) {
      if (packet.group !== 1) continue;
      const begins = shareAt(packet.sentAt, packet.arrivesAt, this.from);
      this.flies(packet.ref, packet.payload, this.from, packet.sentAt, begins).arrivesAt = packet.arrivesAt;
    }
    this.fresh = [];
    this.look(world, this.from);
  }

  hear(fact: Fact): void {
    const note = noteOf(fact);
    if (note !== null) {
      const last = this.captions.at(-1);
      if (last !== undefined) last.to = fact.at;
      const who = note.server === 0 ? "" : `${endName(note.server)}: `;
      this.captions.push({ what: `${seconds(fact.at)}  ${who}${note.text}`, from: fact.at, to: fact.at });
    }
    if ((fact.group ?? 1) !== 1) return;
    if (fact.kind === "sent") this.fresh.push(this.flies(fact.ref, fact.payload, fact.at, fact.at, 0));
    else if (fact.kind === "duplicated") {
      const first = this.ways.get(refName(fact.ref));
      if (first !== undefined)
        this.fresh.push(this.flies(fact.copy, first.flight.payload, fact.at, fact.at, first.flight.begins));
    } else if (fact.kind === "received" || fact.kind === "held" || fact.kind === "lost")
      this.lands(fact.ref, fact.at, fact.kind === "lost");
  }

  /** An event or an act is over. */
  look(world: World, at: Micros = world.now): void {
    for (const way of this.fresh) way.arrivesAt = arrivalOf(world.packets, way) ?? way.arrivesAt;
    this.fresh = [];
    this.lives.look(world, at);
    for (const { id } of world.setup.servers) {
      const machine = replicaOf(world, id);
      if (machine !== undefined) this.lookAtLog(id, machine, at);
      for (const { id: other } of world.setup.servers) if (id < other) this.lookAtLink(world, id, other, at);
    }
  }

  /** Nothing more is heard. Returns what every server was. */
  finish(to: Micros): readonly Life[] {
    for (const { flight, sentAt, arrivesAt } of this.ways.values()) {
      flight.until = to;
      flight.ends = Math.max(flight.begins, shareAt(sentAt, arrivesAt, to));
    }
    const open = [...[...this.logNow.values()].map(({ spell }) => spell), ...this.cutNow.values()];
    for (const spell of [...open, ...this.captions.slice(-1)]) spell.to = to;
    return this.lives.finish(to).filter(({ group }) => group === 1);
  }

  private flies(ref: MessageRef, payload: Payload, at: Micros, sentAt: Micros, begins: number): Way {
    const { from, to } = ref;
    const flight = { from, to, payload, at, begins, until: at, ends: 1, lost: false };
    this.flights.push(flight);
    const way = { flight, sentAt, arrivesAt: sentAt };
    this.ways.set(refName(ref), way);
    return way;
  }

  private lands(ref: MessageRef, at: Micros, lost: boolean): void {
    const name = refName(ref);
    const way = this.ways.get(name);
    if (way === undefined) return;
    this.ways.delete(name);
    way.flight.until = at;
    if (!lost) return;
    way.flight.lost = true;
    way.flight.ends = Math.max(way.flight.begins, shareAt(way.sentAt, way.arrivesAt, at));
  }

  private lookAtLog(server: ServerId, { status, raft, disk }: Machine, at: Micros): void {
    const log = status === "down" ? disk.log : raft.log;
    const commit = status === "down" ? 0 : raft.commitIndex;
    const last = lastIndex(log);
    const key = `${log.base} ${last} ${lastTerm(log)} ${commit}`;
    const known = this.logNow.get(server);
    if (known?.key === key) return;
    if (known !== undefined) known.spell.to = at;
    const first = Math.max(log.base, last - entriesShown) + 1;
    const entries = Array.from({ length: last - first + 1 }, (_, i) => ({
      term: termAt(log, first + i),
      committed: first + i <= commit,
    }));
    const spell = { what: { server, before: first - 1, entries }, from: at, to: at };
    this.logs.push(spell);
    this.logNow.set(server, { key, spell });
  }

  private lookAtLink(world: World, a: ServerId, b: ServerId, at: Micros): void {
    const name = `${a}-${b}`;
    const known = this.cutNow.get(name);
    const isCut = !linkOf(world, a, b).up || !linkOf(world, b, a).up;
    if (isCut === (known !== undefined)) return;
    if (known !== undefined) {
      known.to = at;
      this.cutNow.delete(name);
      return;
    }
    const spell = { what: [a, b] as const, from: at, to: at };
    this.cuts.push(spell);
    this.cutNow.set(name, spell);
  }
}

function arrivalOf(packets: readonly Packet[], { flight }: Way): Micros | undefined {
  const { from, to, payload } = flight;
  return packets.find((packet) => packet.payload === payload && packet.ref.from === from && packet.ref.to === to)
    ?.arrivesAt;
}

const shareAt = (sentAt: Micros, arrivesAt: Micros, at: Micros): number =>
  arrivesAt <= sentAt ? 0.5 : Math.min(1, Math.max(0, (at - sentAt) / (arrivesAt - sentAt)));
