import { draw, happens, inRange } from "../base/random.ts";
import { type GroupId, type Micros, microsPerSecond, type Ppm, type ServerId } from "../base/units.ts";
import { checkUnderWay } from "./burden.ts";
import { limits } from "./limits.ts";
import { named } from "./replicas.ts";
import { sizeOf } from "./sizes.ts";
import type { DirectedLink, Link, LossReason, MessageRef, Overlay, Packet, Payload } from "./state/messages.ts";
import type { LinkSettings } from "./state/setup.ts";
import type { WorldState } from "./state/state.ts";

/** What becomes of a message on its link. */
export type Passing =
  | { readonly kind: "sent"; readonly ref: MessageRef; readonly payload: Payload }
  | { readonly kind: "received"; readonly ref: MessageRef; readonly payload: Payload }
  | { readonly kind: "lost"; readonly ref: MessageRef; readonly payload: Payload; readonly reason: LossReason }
  | { readonly kind: "duplicated"; readonly ref: MessageRef; readonly copy: MessageRef };
type Tell = ((passing: Passing & { readonly group?: GroupId }) => void) | null;

/** Random streams: one per link and purpose. */
const purposes = {
  latency: 0,
  loss: 1,
  duplicate: 2,
  lossPlace: 3,
  copyLatency: 4,
  delay: 5,
  reorder: 6,
  reorderBy: 7,
} as const;
const linkStream = (from: ServerId, to: ServerId, purpose: keyof typeof purposes): number =>
  1000 + (from * 16 + to) * 8 + purposes[purpose];

export const linkOf = (world: WorldState, from: ServerId, to: ServerId): Link => world.links[from]![to]!;

const waits = Number.POSITIVE_INFINITY;

/** Who puts a message on a link: a replica, or the client (id 0) for one of the groups. */
interface Sender {
  readonly id: ServerId;
  readonly group: GroupId;
}

/**
 * Puts a message on its link. Whether and where it will be lost is decided here, and happens later. Who sends it need
 * not be whom it speaks for: a request that is passed on names the server that it came from.
 */
export function transmit(world: WorldState, payload: Payload, tell: Tell, sender: Sender = inFirst(payload)): void {
  const { to } = payload;
  const { id: from, group } = sender;
  const link = linkOf(world, from, to);
  const ref: MessageRef = { from, to, ordinal: ++link.sent, copy: 0 };
  const { loss, duplicate } = link.overlay === null ? link.settings : { ...link.settings, ...link.overlay };
  const sentBy = wireTime(world, link, payload) + (link.overlay === null ? 0 : heldBack(world, link.overlay, ref));
  const arrivesAt = sentBy + latency(world, link, ref, "latency");
  tell?.({ kind: "sent", ref, payload, ...named(world, group) });
  const lost: LossReason | null = !link.up ? "cut" : chance(world, ref, "loss", loss) ? "loss" : null;
  const dueAt = lost !== null ? lostAt(world, ref, lost, arrivesAt) : world.mode === "manual" ? null : arrivesAt;
  const copies = lost === null && chance(world, ref, "duplicate", duplicate) ? 1 : 0;
  const sequence = world.sequence++;
  const packet = { ref, group, payload, sentAt: world.now, dueAt, arrivesAt, lost, copies, sequence };
  put(world, packet);
  if (copies > 0) putCopy(world, packet, sentBy + latency(world, link, ref, "copyLatency"), tell);
}

function putCopy(world: WorldState, packet: Packet, arrivesAt: Micros, tell: Tell): void {
  const { ref, group } = packet;
  const copy = { ...ref, copy: 1 };
  const dueAt = world.mode === "manual" ? null : arrivesAt;
  put(world, { ...packet, ref: copy, dueAt, arrivesAt, sequence: world.sequence++ });
  tell?.({ kind: "duplicated", ref, copy, ...named(world, group) });
}

/** The n-th message of a link draws the same, whatever else was drawn: what is not needed is not asked for. */
const roll = ({ seed }: WorldState, { from, to, ordinal }: MessageRef, purpose: keyof typeof purposes): number =>
  draw(seed, linkStream(from, to, purpose), ordinal);

const chance = (world: WorldState, ref: MessageRef, purpose: keyof typeof purposes, ppm: Ppm): boolean =>
  ppm > 0 && happens(roll(world, ref, purpose), ppm);

const latency = (world: WorldState, { settings }: Link, ref: MessageRef, purpose: "latency" | "copyLatency"): Micros =>
  inRange(roll(world, ref, purpose), settings.latencyMin, settings.latencyMax);

/** Somewhere on its way; at a cut link in the middle. */
function lostAt(world: WorldState, ref: MessageRef, reason: LossReason, arrivesAt: Micros): Micros {
  const place = reason === "cut" ? 50 : inRange(roll(world, ref, "lossPlace"), 35, 75);
  return world.now + Math.floor(((arrivesAt - world.now) * place) / 100);
}

const noDelay = [0, 0] as const;

/** How much longer a message takes on a link that is disturbed. */
function heldBack(world: WorldState, overlay: Overlay, ref: MessageRef): Micros {
  const { delay: [least, most] = noDelay, reorder } = overlay;
  const spike = inRange(roll(world, ref, "delay"), least, most);
  if (reorder === undefined || !chance(world, ref, "reorder", reorder.share)) return spike;
  return spike + inRange(roll(world, ref, "reorderBy"), reorder.by[0], reorder.by[1]);
}

/** When the message is on the wire, and the link free for the next one. A link that is down carries nothing. */
function wireTime({ now }: WorldState, link: Link, payload: Payload): Micros {
  const bandwidth = link.overlay?.bandwidth ?? link.settings.bandwidth;
  if (bandwidth === null || !link.up) return now;
  link.freeAt = Math.max(now, link.freeAt) + Math.ceil((sizeOf(payload) * microsPerSecond) / bandwidth);
  return link.freeAt;
}

const inFirst = ({ from }: Payload): Sender => ({ id: from, group: 1 });

/** Keeps packets sorted by (dueAt, sequence). */
export function put(world: WorldState, packet: Packet): void {
  const { packets } = world;
  const { dueAt, sequence } = packet;
  const time = dueAt ?? waits;
  packets.push(packet);
  let at = packets.length - 1;
  // Nearly all belong near the end.
  for (; at > 0 && later(packets[at - 1]!, time, sequence); at--) packets[at] = packets[at - 1]!;
  packets[at] = packet;
  checkUnderWay(world, packet);
}

function later(other: Packet, time: number, sequence: number): boolean {
  const at = other.dueAt ?? waits;
  return at > time || (at === time && other.sequence > sequence);
}

/** Gives many packets another fate at once, and each its new place. */
export function redirectFates(world: WorldState, fate: (packet: Packet) => Packet): void {
  const changed = world.packets.map(fate);
  world.packets = changed.sort((a, b) => (later(a, b.dueAt ?? waits, b.sequence) ? 1 : -1));
}

export function findPacket(world: WorldState, ref: MessageRef): Packet | undefined {
  return world.packets.find(
    ({ ref: r }) => r.from === ref.from && r.to === ref.to && r.ordinal === ref.ordinal && r.copy === ref.copy,
  );
}

export function takeOut(world: WorldState, packet: Packet): void {
  world.packets.splice(world.packets.indexOf(packet), 1);
}

/** Replaces a packet by one with another fate, in its new place. */
export function redirectFate(world: WorldState, packet: Packet, fate: Partial<Packet>): void {
  takeOut(world, packet);
  put(world, { ...packet, ...fate });
}

/** Records that a message is gone. */
export function lose(world: WorldState, packet: Packet, reason: LossReason, tell: Tell): void {
  world.lost.push({ packet: packet.lost === reason ? packet : { ...packet, lost: reason }, at: world.now });
  if (world.lost.length > limits.lostKept) world.lost.shift();
  tell?.({ kind: "lost", ref: packet.ref, payload: packet.payload, reason, ...named(world, packet.group) });
}

/** Takes a link down; what is under way on it is lost where it is. */
export function cutLink(world: WorldState, [from, to]: DirectedLink): void {
  const link = linkOf(world, from, to);
  link.up = false;
  link.freeAt = world.now;
  const isOnIt = ({ ref, lost }: Packet): boolean => ref.from === from && ref.to === to && lost === null;
  if (!world.packets.some(isOnIt)) return;
  redirectFates(world, (packet) => (isOnIt(packet) ? { ...packet, dueAt: world.now, lost: "cut" } : packet));
}

/** The client's links are never lossy, nor narrow: what a client may hear is decided by the cluster. */
export const settingsFor = (from: ServerId, to: ServerId, link: LinkSettings): LinkSettings =>
  from === 0 || to === 0 ? { ...link, loss: 0, duplicate: 0, bandwidth: null } : link;

/** Every directed link between two servers. */
export function serverLinks(world: WorldState): DirectedLink[] {
  const ids = serverIds(world);
  return ids.flatMap((from) => ids.filter((to) => to !== from).map((to): DirectedLink => [from, to]));
}

export const serverIds = (world: WorldState): ServerId[] => world.setup.servers.map(({ id }) => id);

export const cutLinks = (world: WorldState): DirectedLink[] =>
  serverLinks(world).filter(([from, to]) => !linkOf(world, from, to).up);

/** Where a packet is on its way at time `at`, 0 … 1. */
export function progressOf(packet: Packet, at: Micros): number {
  const span = packet.arrivesAt - packet.sentAt;
  return span <= 0 ? 1 : Math.min(1, Math.max(0, (at - packet.sentAt) / span));
}
