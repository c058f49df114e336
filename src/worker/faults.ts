import type { Micros, ServerId } from "../base/units.ts";
import { actText } from "../explain/acts.ts";
import type { Act, NemesisAct } from "../world/acts.ts";
import { localTime } from "../world/clock.ts";
import type { Fault, Target } from "../world/faults/fault.ts";
import { type FaultAct, faultNames, faultOf } from "../world/faults/index.ts";
import { arrows, between, percent, time, who } from "../world/faults/words.ts";
import { limits } from "../world/limits.ts";
import { nemesesOf, nemesisSets, nemesisSetTitles } from "../world/nemeses.ts";
import { aimedAt } from "../world/nemesis.ts";
import { linkOf, serverIds, serverLinks } from "../world/network.ts";
import { corruptReplica } from "../world/replicas.ts";
import type { DiskTrouble, Machine } from "../world/state/machine.ts";
import type { DirectedLink, Link, Overlay } from "../world/state/messages.ts";
import type { Appointment, World } from "../world/types.ts";
import type { ActiveFault, Catalogue, FaultView, NemesisSetView, NemesisView } from "./protocol/faults.ts";

/** What is wrong in the world right now, read from the world itself: whatever brought it about. */
export function activeFaults(world: World): readonly ActiveFault[] {
  const servers = serverIds(world).map((id) => world.machines[id]!);
  return [...servers.flatMap((machine) => onServer(world, machine)), ...onLinks(world)];
}

/** Nemeses rest while the network is manual. */
export const runningNemeses = ({ nemeses, mode }: World): readonly NemesisView[] =>
  nemeses.map(({ act, fired, nextAt }) => ({
    id: act.id,
    words: nemesisWords(act),
    fired,
    nextAt: mode === "manual" ? null : nextAt,
  }));

/** The table of faults as data, in its order, and the sets of nemeses. */
export const catalogue = (): Catalogue => ({
  faults: faultNames.map((name) => viewOf(faultOf(name))),
  nemesesMost: limits.nemeses,
  sets: nemesisSets.map((name) => ({ name, title: nemesisSetTitles[name], nemeses: nemesesOf(name).map(inSet) })),
});

const inSet = (act: NemesisAct): NemesisSetView["nemeses"][number] => ({ act, words: nemesisWords(act) });

const nemesisWords = (act: NemesisAct): string => actText(act).replace(/^nemesis \d+: /, "");

function viewOf({ name, title, text, section, group, parameters, inModel, wrong }: Fault<FaultAct>): FaultView {
  // Where nothing but the server must be there, the row itself says whether that is enough.
  const bare = Object.values(parameters).every((parameter) => parameter.is === "server" || parameter.optional);
  const needsOne = bare && wrong?.({ do: name, server: 1 } as FaultAct) != null;
  return { name, title, text, section, group, parameters, inModel, needsOne, aims: aimedAt(name)?.[0] ?? null };
}

// ---- servers --------------------------------------------------------------------------------------------------

interface Found {
  readonly name: ActiveFault["name"];
  readonly on: Extract<Target, { readonly server: ServerId }>["on"];
  readonly words: string;
  readonly undo: Act | null;
}

function onServer(world: World, machine: Machine): ActiveFault[] {
  const { id: server } = machine;
  const found = [status(machine), armed(machine), disk(machine), entry(world, server), clock(world, machine)];
  return found
    .filter((each) => each !== null)
    .map(({ on, ...fault }) => {
      const target = { on, server };
      return { ...fault, id: `S${server} ${on} ${fault.name}`, targets: [target], ...endOf(world, target) };
    });
}

function status({ id, status }: Machine): Found | null {
  if (status === "up") return null;
  if (status === "down")
    return { name: "crash", on: "process", words: `${who(id)} is down`, undo: { do: "restart", server: id } };
  return { name: "pause", on: "process", words: `${who(id)} stands still`, undo: { do: "resume", server: id } };
}

const points = {
  beforeWrite: "before its next write is on disk",
  tornWrite: "in the middle of its next write",
  afterWrite: "after its next write, before it sends anything",
  betweenSends: "after its next write and the first message that follows",
} as const;

function armed({ id, armed }: Machine): Found | null {
  if (armed === null) return null;
  return { name: "armedCrash", on: "process", words: `${who(id)} will crash ${points[armed.at]}`, undo: null };
}

const troubles: Readonly<Record<DiskTrouble["kind"], FaultAct["do"]>> = {
  slow: "slowDisk",
  stalled: "stalledDisk",
  full: "fullDisk",
  lying: "lyingDisk",
};

function disk({ id, disk: { trouble } }: Machine): Found | null {
  if (trouble === null) return null;
  const words = `${who(id)}'s disk ${troubleWords(trouble)}`;
  return { name: troubles[trouble.kind], on: "disk", words, undo: { do: "mendDisk", server: id } };
}

function troubleWords(trouble: DiskTrouble): string {
  switch (trouble.kind) {
    case "slow":
      return `is slow: a write takes ${between([trouble.writeMin, trouble.writeMax])}`;
    case "stalled":
      return "is stalled: no write comes to its end";
    case "full":
      return trouble.stopped ? "is full, so the server has stopped" : "is full: the next entry stops the server";
    case "lying":
      return "lies: what it says is stored is only in its cache";
  }
}

function entry(world: World, id: ServerId): Found | null {
  const replica = corruptReplica(world, id);
  const corrupt = replica?.disk.corrupt;
  if (replica === undefined || !corrupt) return null;
  const whose = world.setup.groups > 1 ? ` of group ${replica.group}` : "";
  const what = corrupt.stopped ? ", so the server does not start" : ": found when the server starts";
  const words = `entry ${corrupt.index}${whose} on ${who(id)}'s disk is corrupt${what}`;
  return { name: "corruptEntry", on: "entry", words, undo: { do: "mendDisk", server: id } };
}

function clock({ now }: World, { id, clock }: Machine): Found | null {
  const ahead = localTime(clock, now) - now;
  if (ahead === 0 && clock.drift === 0) return null;
  const place = ahead === 0 ? [] : [`is ${time(Math.abs(ahead))} ${ahead > 0 ? "ahead" : "behind"}`];
  const { drift } = clock;
  const pace = drift === 0 ? [] : [`goes ${percent(Math.abs(drift))} too ${drift > 0 ? "fast" : "slow"}`];
  const words = `${who(id)}'s clock ${[...place, ...pace].join(" and ")}`;
  return { name: "clock", on: "clock", words, undo: { do: "clock", server: id, offset: 0, drift: 0 } };
}

// ---- links ----------------------------------------------------------------------------------------------------

type Disturbance = keyof Overlay;
const disturbances: Readonly<Record<Disturbance, FaultAct["do"]>> = {
  loss: "lose",
  duplicate: "repeat",
  delay: "delaySpike",
  reorder: "reorder",
  bandwidth: "narrow",
};

function disturbanceWords(overlay: Overlay, on: Disturbance): string {
  switch (on) {
    case "loss":
      return `${percent(overlay.loss ?? 0)} of the messages are lost`;
    case "duplicate":
      return `${percent(overlay.duplicate ?? 0)} of the messages arrive twice`;
    case "delay":
      return `messages take ${between(overlay.delay ?? [0, 0])} longer`;
    case "reorder":
      return `${percent(overlay.reorder?.share ?? 0)} of the messages are overtaken`;
    case "bandwidth":
      return `links carry ${overlay.bandwidth} bytes a second`;
  }
}

/** Links with the same trouble are told of together. */
function onLinks(world: World): ActiveFault[] {
  const links = serverLinks(world);
  const flapping = world.appointments.filter(({ act }) => act.do === "flap").map((each) => flap(each));
  const flaps = new Set(flapping.flatMap(({ targets }) => targets.map(linkName)));
  const down = links.filter((link) => !of(world, link).up && !flaps.has(link.join(">")));
  const cut = down.length === 0 ? [] : [together(world, "cut", "link", down, "cut")];
  const keys = Object.keys(disturbances) as Disturbance[];
  return [...flapping, ...cut, ...keys.flatMap((on) => disturbed(world, links, on))];
}

const of = (world: World, [from, to]: DirectedLink): Link => linkOf(world, from, to);
const linkName = (target: Target): string => ("link" in target ? target.link.join(">") : "");

function flap({ act, targets, until }: Appointment): ActiveFault {
  const links = targets.flatMap((target) => ("link" in target ? [target.link] : []));
  const words = `links go down and up: ${arrows(links)}`;
  return { id: `flap ${arrows(links)}`, name: act.do, words, undo: { do: "mend", links }, targets, until };
}

function disturbed(world: World, links: readonly DirectedLink[], on: Disturbance): ActiveFault[] {
  const byValue = new Map<string, DirectedLink[]>();
  for (const link of links) {
    const value = of(world, link).overlay?.[on];
    if (value === undefined) continue;
    const key = JSON.stringify(value);
    byValue.set(key, [...(byValue.get(key) ?? []), link]);
  }
  return [...byValue.values()].map((own) =>
    together(world, disturbances[on], on, own, disturbanceWords(of(world, own[0]!).overlay!, on)),
  );
}

function together(
  world: World,
  name: FaultAct["do"],
  on: "link" | Disturbance,
  links: readonly DirectedLink[],
  what: string,
): ActiveFault {
  const targets = links.map((link) => ({ on, link }) as const);
  const where = links.length === serverLinks(world).length ? "all links" : arrows(links);
  const undo = { do: "mend", links } as const;
  return { id: `${name} ${where}`, name, words: `${where}: ${what}`, undo, targets, ...endOf(world, targets[0]!) };
}

// ---- ends -----------------------------------------------------------------------------------------------------

function endOf({ appointments }: World, target: Target): { readonly until: Micros | null } {
  const own = appointments.find(({ targets }) => targets.some((each) => same(each, target)));
  return { until: own?.until ?? null };
}

const same = (a: Target, b: Target): boolean =>
  a.on === b.on && ("server" in a && "server" in b ? a.server === b.server : linkName(a) === linkName(b));
