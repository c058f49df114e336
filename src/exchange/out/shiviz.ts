import type { ClientId } from "../../base/units.ts";
import { sentence } from "../../explain/sentence.ts";
import { clientName, endName, refName } from "../../scenario/names.ts";
import { headline } from "../../why/headline.ts";
import type { Fact } from "../../world/facts.ts";
import type { MessageRef, Payload } from "../../world/state/messages.ts";
import type { World } from "../../world/types.ts";
import type { Exporter } from "./exporter.ts";
import { charactersMost, cutAt, Lines } from "./lines.ts";
import { walk } from "./walk.ts";
import { whoseIs } from "./whose.ts";

/**
 * ShiViz: two lines an event, what happened and then HOST {vector clock}. An event is what one server, or one client, did
 * at one moment; its own component rises by exactly one, and what it received brings in its sender's clock.
 */

/** By host. */
type Clock = ReadonlyMap<string, number>;

const tooLong = `A log of more than ${charactersMost / 1_000_000} million characters is too much`;

export const shiviz: Exporter = {
  name: "shiviz",
  title: "ShiViz log",
  purpose: "Events with vector clocks, for ShiViz, which draws which could have caused which.",
  group: "viewers",
  ending: ".shiviz.log",
  type: "text/plain",
  *write(run, range) {
    const clocks = new Clocks();
    const { to, whole } = yield* walk(run, range, {
      begin: (world) => clocks.begin(world),
      fact: (fact) => clocks.hear(fact),
      after: () => clocks.settle(),
      full: () => clocks.lines.full,
    });
    return { text: clocks.lines.text(), cut: whole ? "" : cutAt(to, tooLong) };
  },
};

class Clocks {
  readonly lines = new Lines();
  private readonly clocks = new Map<string, Clock>();
  /** By the message's name: what its sender knew. Nothing is known of those that were sent before. */
  private readonly sent = new Map<string, Clock>();
  /** Who asked, by the request's number. */
  private readonly askers = new Map<number, ClientId>();
  /** What each host did in the event that is being heard. */
  private readonly doing = new Map<string, Fact[]>();
  private readonly copies: { readonly ref: MessageRef; readonly copy: MessageRef }[] = [];

  begin({ clients }: World): void {
    for (const { number, client } of clients.open) this.askers.set(number, client);
  }

  hear(fact: Fact): void {
    if (fact.kind === "sent" && fact.payload.type === "ClientRequest")
      this.askers.set(fact.payload.request, fact.payload.client);
    else if (fact.kind === "lost") this.sent.delete(refName(fact.ref));
    else if (fact.kind === "duplicated") this.copies.push(fact);
    const host = this.hostOf(fact);
    if (host === null) return;
    const known = this.doing.get(host);
    if (known === undefined) this.doing.set(host, [fact]);
    else known.push(fact);
  }

  settle(): void {
    for (const [host, facts] of this.doing) this.write(host, facts);
    this.doing.clear();
    for (const { ref, copy } of this.copies) {
      const clock = this.sent.get(refName(ref));
      if (clock !== undefined) this.sent.set(refName(copy), clock);
    }
    this.copies.length = 0;
  }

  private write(host: string, facts: readonly Fact[]): void {
    const clock = new Map(this.clocks.get(host));
    for (const fact of facts) if (fact.kind === "received") this.take(clock, fact.ref);
    clock.set(host, (clock.get(host) ?? 0) + 1);
    this.clocks.set(host, clock);
    for (const fact of facts) if (fact.kind === "sent") this.sent.set(refName(fact.ref), clock);
    this.lines.add(sentence(headline(facts)!).text.replaceAll(/\p{Cc}+/gu, " "));
    const parts = [...clock].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, count]) => `"${name}":${count}`);
    this.lines.add(`${host} {${parts.join(", ")}}`);
  }

  /** What the sender of a message knew when it sent it. */
  private take(clock: Map<string, number>, ref: MessageRef): void {
    for (const [host, count] of this.sent.get(refName(ref)) ?? [])
      clock.set(host, Math.max(count, clock.get(host) ?? 0));
    this.sent.delete(refName(ref));
  }

  private hostOf(fact: Fact): string | null {
    const server = whoseIs(fact);
    if (server !== 0) return server && endName(server);
    return "payload" in fact ? this.asker(fact.payload) : clientName(fact.client ?? 1);
  }

  private asker(message: Payload): string {
    return clientName(("request" in message ? this.askers.get(message.request) : undefined) ?? 1);
  }
}
