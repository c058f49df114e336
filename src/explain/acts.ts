import { refName } from "../scenario/names.ts";
import type { Act, DirectedLink, LinkSettings } from "../world/types.ts";
import { operationText } from "./messages.ts";
import { changeText, duration, names, who } from "./words.ts";

/** What is done to the world, as a short order: "crash S1", "cut S1→S2 and S2→S1", "… (group 2)" where one is named. */
export const actText = (act: Act): string =>
  "group" in act && act.group !== undefined ? `${orderText(act)} (group ${act.group})` : orderText(act);

function orderText(act: Act): string {
  switch (act.do) {
    case "crash":
    case "restart":
    case "pause":
    case "resume":
      return `${act.do} ${who(act.server)}`;
    case "timeout":
      return `fire the election timer of ${who(act.server)}`;
    case "heartbeat":
      return `fire the heartbeat timer of ${who(act.server)}`;
    case "timer":
      return `set the election timer of ${who(act.server)} to ${duration(act.left)}`;
    case "compact":
      return `make a snapshot at ${who(act.server)} and discard the log before it`;
    case "transfer":
      return `ask ${who(act.server)} that ${who(act.to)} shall lead`;
    case "members":
      return `propose at ${who(act.server)} to ${changeText(act)}${transitions[act.transition]}`;
    case "forget":
      return `let ${who(act.server)} forget its leader`;
    case "cut":
    case "mend":
      return `${act.do} ${linksText(act.links)}`;
    case "partition":
      return `partition: ${act.groups.map(names).join(" | ")}`;
    case "heal":
      return "heal all links";
    case "request":
      return `client asks ${act.server === undefined ? "the leader" : who(act.server)}: ${operationText(act.operation)}`;
    case "load":
      return act.perSecond === 0 ? "stop the client's load" : `client asks ${act.perSecond} times a second`;
    case "deliver":
    case "drop":
    case "duplicate":
      return `${act.do} ${refName(act.message)}`;
    case "delay":
      return `delay ${refName(act.message)} by ${duration(act.by)}`;
    case "network":
      return `network: ${networkText(act)}`;
    case "disk":
      return `${act.server === undefined ? "disks" : `disk of ${who(act.server)}`}: a write takes ${range(act.disk.writeMin, act.disk.writeMax)}`;
    case "clock":
      return `clock of ${who(act.server)}: ${clockText(act)}`;
  }
}

const transitions = {
  auto: "",
  implicit: ", through a joint configuration",
  explicit: ", joint until told otherwise",
} as const;

const range = (least: number, most: number): string =>
  least === most ? duration(least) : `${duration(least)} to ${duration(most)}`;

function linksText(links: readonly DirectedLink[]): string {
  const texts = links.slice(0, 4).map(([from, to]) => `${who(from)}→${who(to)}`);
  const more = links.length - texts.length;
  return more === 0 ? texts.join(", ") : `${texts.join(", ")} and ${more} more ${more === 1 ? "link" : "links"}`;
}

function networkText({ mode, link, links }: Extract<Act, { readonly do: "network" }>): string {
  const parts: string[] = mode === undefined ? [] : [mode];
  if (link !== undefined) {
    const where = links === undefined ? "" : ` on ${linksText(links)}`;
    parts.push(
      `latency ${range(link.latencyMin, link.latencyMax)}, loss ${percent(link.loss)}, duplicates ${percent(link.duplicate)}${bandwidthText(link)}${where}`,
    );
  }
  return parts.length === 0 ? "unchanged" : parts.join(", ");
}

const bandwidthText = ({ bandwidth }: LinkSettings): string =>
  bandwidth === null ? "" : `, ${bandwidth} bytes a second`;

function clockText({ offset, jump, drift }: Extract<Act, { readonly do: "clock" }>): string {
  const parts: string[] = [];
  if (offset !== undefined) parts.push(offset === 0 ? "set right" : `set ${aside(offset, "ahead", "behind")}`);
  if (jump !== undefined) parts.push(`jumps ${aside(jump, "ahead", "back")}`);
  if (drift !== undefined)
    parts.push(drift === 0 ? "goes right" : `goes ${percent(Math.abs(drift))} too ${drift > 0 ? "fast" : "slow"}`);
  return parts.join(", ");
}

const aside = (micros: number, ahead: string, back: string): string =>
  `${duration(Math.abs(micros))} ${micros >= 0 ? ahead : back}`;

const percent = (ppm: number): string => `${ppm / 10_000} %`;
