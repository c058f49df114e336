import { refName } from "../scenario/names.ts";
import type { Act, NemesisAct } from "../world/acts.ts";
import { faultOf, isFault } from "../world/faults/index.ts";
import type { Parameter } from "../world/faults/parameters.ts";
import { all, arrows, between, percent } from "../world/faults/words.ts";
import type { LinkSettings } from "../world/state/setup.ts";
import { operationText, readWords } from "./messages.ts";
import { optionsText } from "./options.ts";
import { changeText, clientName, duration, who } from "./words.ts";

/** What is done to the world, as a short order: "crash S1", "cut S1→S2 and S2→S1", "… (group 2)" where one is named. */
export const actText = (act: Act): string =>
  "group" in act && act.group !== undefined ? `${orderText(act)} (group ${act.group})` : orderText(act);

function orderText(act: Act): string {
  if (isFault(act)) return faultOf(act.do).words(act);
  switch (act.do) {
    case "nemesis":
      return `nemesis ${act.id}: ${nemesisText(act)}`;
    case "calm":
      return act.id === undefined ? "stop all nemeses" : `stop nemesis ${act.id}`;
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
    case "request":
      return `${act.client === undefined ? "client" : clientName(act.client)} asks ${act.server === undefined ? "the leader" : who(act.server)}: ${operationText(act.operation)}${act.read === undefined ? "" : ` (${readWords[act.read]})`}`;
    case "load":
      return act.perSecond === 0 ? "stop the client's load" : loadText(act);
    case "deliver":
    case "drop":
    case "duplicate":
      return `${act.do} ${refName(act.message)}`;
    case "delay":
      return `delay ${refName(act.message)} by ${duration(act.by)}`;
    case "network":
      return `network: ${networkText(act)}`;
    case "reseed":
      return `draw chance from seed ${act.seed} from here on`;
    case "options":
      return `set at ${act.server === undefined ? "all servers" : who(act.server)}: ${optionsText(act.options)}`;
    case "disk":
      return `${act.server === undefined ? "disks" : `disk of ${who(act.server)}`}: a write takes ${range(act.disk.writeMin, act.disk.writeMax)}`;
  }
}

/** "client asks 20 times a second", "3 clients ask 50 times a second at most, each once it is answered, 40 % reads". */
function loadText({ perSecond, clients = 1, mode = "open", reads = 0 }: Extract<Act, { readonly do: "load" }>): string {
  const rate = `${clients === 1 ? "client asks" : `${clients} clients ask`} ${perSecond} times a second`;
  return [
    rate,
    mode === "closed" ? " at most, each once it is answered" : "",
    reads > 0 ? `, ${reads} % reads` : "",
  ].join("");
}

const transitions = {
  auto: "",
  implicit: ", through a joint configuration",
  explicit: ", joint until told otherwise",
} as const;

const range = (least: number, most: number): string =>
  least === most ? duration(least) : `${duration(least)} to ${duration(most)}`;

/** "crash every 2 s to 5 s, for 500 ms to 1.5 s (the leader; …)": in brackets what is not left to chance. */
function nemesisText({ fault, every, for: span, aim, given }: NemesisAct): string {
  const { title, parameters } = faultOf(fault);
  const lasting = span === undefined ? "" : `, for ${between(span)}`;
  const fixed = Object.entries(parameters).flatMap(([name, parameter]) =>
    given[name] === undefined ? [] : [givenText(parameter, given[name] as never)],
  );
  const notes = [...(aim === undefined ? [] : ["the leader"]), ...fixed];
  return `${title.toLowerCase()} every ${between(every)}${lasting}${notes.length === 0 ? "" : ` (${notes.join("; ")})`}`;
}

/** A parameter's value by its kind, with its title where the value alone would not say what it is. */
function givenText(parameter: Parameter, value: never): string {
  const titled = (text: string): string => `${parameter.title.toLowerCase()} ${text}`;
  switch (parameter.is) {
    case "server":
      return who(value);
    case "servers":
      return all(value);
    case "links":
      return arrows(value);
    case "groups":
      return (value as readonly (readonly number[])[]).map(all).join(" | ");
    case "time":
      return titled(duration(value));
    case "times":
      return titled(between(value));
    case "chance":
    case "ppm":
      return titled(percent(value));
    case "whole":
    case "raftGroup":
      return titled(String(value));
    case "choice":
      return parameter.words.find(([word]) => word === value)?.[1] ?? String(value);
  }
}

function networkText({ mode, link, links }: Extract<Act, { readonly do: "network" }>): string {
  const parts: string[] = mode === undefined ? [] : [mode];
  if (link !== undefined) {
    const where = links === undefined ? "" : ` on ${arrows(links)}`;
    parts.push(
      `latency ${range(link.latencyMin, link.latencyMax)}, loss ${percent(link.loss)}, duplicates ${percent(link.duplicate)}${bandwidthText(link)}${where}`,
    );
  }
  return parts.length === 0 ? "unchanged" : parts.join(", ");
}

const bandwidthText = ({ bandwidth }: LinkSettings): string =>
  bandwidth === null ? "" : `, ${bandwidth} bytes a second`;
