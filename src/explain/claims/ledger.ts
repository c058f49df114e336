import type { LogIndex, Micros, ServerId } from "../../base/units.ts";
import type { Happening } from "../../world/facts.ts";
import { linkOf } from "../../world/network.ts";
import type { MessageRef, Payload } from "../../world/state/messages.ts";
import type { World } from "../../world/types.ts";
import { all, holds, is, when } from "./claim.ts";

type Told<Kind extends Happening["kind"]> = Extract<Happening, { readonly kind: Kind }>;

interface Sending {
  readonly payload: Payload;
  readonly at: Micros;
  /** The link as it was then. */
  readonly up: boolean;
  readonly loses: boolean;
  readonly doubles: boolean;
}
interface Begun {
  readonly act: string;
  readonly by: number;
  readonly at: Micros;
}

/** What has been told of messages and faults so far: what happens to them later must go with it. */
export class Ledger {
  private readonly sendings = new Map<string, Sending>();
  /** Messages of which the end has been told: received, or lost. */
  private readonly over = new Set<string>();
  /** How many copies of each message there are. */
  private readonly copies = new Map<string, number>();
  /** What the newest message that arrived said. */
  private arrived: Payload | null = null;
  private readonly applied = new Map<string, LogIndex>();
  private readonly unwritten = new Map<string, number>();
  private readonly begun: Begun[] = [];
  /** When each has crashed, as "S3 at 120000": of several faults that began so, each has its end. */
  private readonly crashes = new Set<string>();
  private readonly downAt = new Map<string, Micros>();
  /** The message that was dropped or doubled by hand last. */
  private byHand = "";
  private seen = -1;

  note(happening: Happening, world: World): void {
    switch (happening.kind) {
      case "sent": {
        const { ref, payload } = happening;
        const { up, settings, overlay } = linkOf(world, ref.from, ref.to);
        const { loss, duplicate } = { ...settings, ...overlay };
        const sending = { payload, at: world.now, up, loses: loss > 0, doubles: duplicate > 0 };
        this.sendings.set(nameOf(ref), sending);
        return;
      }
      case "duplicated":
        this.copies.set(nameOf(happening.ref), happening.copy.copy);
        return;
      case "stateApplied":
        this.applied.set(replica(happening), happening.index);
        return;
      case "restarted":
        this.applied.delete(replica(happening));
        return;
      case "received":
        this.arrived = happening.payload;
        this.over.add(copyOf(happening.ref));
        return;
      case "lost":
        this.over.add(copyOf(happening.ref));
        return;
      case "crashed":
        this.crashes.add(crashed(happening.server, world.now));
        return;
      case "acted": {
        const { act, ignored, by = 0 } = happening;
        if (ignored !== null) return;
        if ("for" in act) this.begun.push({ act: JSON.stringify(act), by, at: world.now });
        this.byHand = act.do === "drop" || act.do === "duplicate" ? copyOf(act.message) : "";
      }
    }
  }

  /** Before anything of an event is held: which links are down. */
  look({ events, links, now, setup, machines }: World): void {
    if (events === this.seen) return;
    this.seen = events;
    if (setup.groups === 1)
      for (const machine of machines)
        if (machine !== undefined) this.unwritten.set(replica({ server: machine.id }), machine.disk.pending.length);
    for (const [from, row] of links.entries())
      for (const [to, link] of (row ?? []).entries()) if (link?.up === false) this.downAt.set(`${from}>${to}`, now);
  }

  /** It is what was sent, and its end was not told before. */
  underWay({ ref, payload }: Pick<Told<"lost">, "ref" | "payload">): string | null {
    const sending = this.sendings.get(nameOf(ref));
    return all(
      is("what was sent", payload, sending?.payload),
      holds(!this.over.has(copyOf(ref)), "it was received or lost before"),
      when(ref.copy > 0, () => holds(ref.copy <= (this.copies.get(nameOf(ref)) ?? 0), "it was never doubled")),
    );
  }

  lostFor({ ref, reason }: Told<"lost">): string | null {
    const sending = this.sendings.get(nameOf(ref));
    if (sending === undefined) return "it was never sent";
    const { up, loses, at } = sending;
    const cutAt = this.downAt.get(`${ref.from}>${ref.to}`) ?? -1;
    const flaps = this.begun.some(({ act }) => act.includes('"flap"'));
    return all(
      when(reason === "cut", () => holds(!up || cutAt >= at || flaps, "its link was never cut")),
      when(reason === "loss", () => all(holds(loses, "its link loses nothing"), holds(up, "its link was cut"))),
      when(reason === "dropped", () => is("what was dropped", copyOf(ref), this.byHand)),
    );
  }

  doubled({ ref, copy }: Told<"duplicated">): string | null {
    const made = this.copies.get(nameOf(ref)) ?? 0;
    return all(
      is("which copy that is", copy.copy, made + 1),
      holds(ref.copy <= made, "what was doubled is no copy"),
      holds(
        this.sendings.get(nameOf(ref))?.doubles === true || this.byHand === copyOf(ref),
        "its link doubles nothing",
      ),
    );
  }

  /** An answer has just come that names another server. */
  redirected({ request, from, to }: Told<"requestRedirected">): string | null {
    const reply = this.arrived?.type === "ClientReply" ? this.arrived : null;
    const leader = reply?.outcome.kind === "redirect" ? reply.outcome.leader : 0;
    return is("who named whom, to which request", [from, to, request], [reply?.from, leader, reply?.request]);
  }
  /** How many writes were under way at that server when this event began; with several groups nobody knows. */
  unwrittenAt = (happening: Pick<Told<"crashed">, "server">): number | undefined =>
    this.unwritten.get(replica(happening));
  appliedBefore = (happening: Replica): LogIndex | undefined => this.applied.get(replica(happening));

  /** That fault did begin, so long ago. */
  endsNow({ act, by }: Told<"ended">, { now }: World): string | null {
    const span = "for" in act ? (act.for ?? 0) : 0;
    if (act.do === "crash")
      return holds(this.crashes.has(crashed(act.server, now - span)), "it did not crash so long ago");
    const text = JSON.stringify(act);
    return holds(
      this.begun.some((one) => one.act === text && one.by === by && one.at + span === now),
      "that did not begin so long ago",
    );
  }
}

const crashed = (server: ServerId, at: Micros): string => `S${server} at ${at}`;

type Replica = Pick<Told<"stateApplied">, "server" | "group">;
const replica = ({ server, group = 1 }: Replica): string => `${server} ${group}`;
const nameOf = ({ from, to, ordinal }: MessageRef): string => `${from}>${to}#${ordinal}`;
const copyOf = (ref: MessageRef): string => `${nameOf(ref)}.${ref.copy}`;
