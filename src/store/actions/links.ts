import type { ServerId } from "../../base/units.ts";
import type { Frame } from "../../worker/protocol/frame.ts";
import type { DirectedLink } from "../../world/state/messages.ts";

/** Every link between the server and the others, both ways; the client still reaches it. */
export function linksOf(server: ServerId, frame: Frame): DirectedLink[] {
  const others = frame.servers.filter((s) => s.id !== server);
  return others.flatMap((s): DirectedLink[] => [
    [server, s.id],
    [s.id, server],
  ]);
}

const sameLink = (a: DirectedLink, b: DirectedLink) => a[0] === b[0] && a[1] === b[1];
export const isCut = (frame: Frame, link: DirectedLink) => frame.cuts.some((cut) => sameLink(cut, link));
