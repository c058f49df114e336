import type { ServerId } from "../../../base/units.ts";
import { haveNames } from "../../../store/server-names.ts";
import type { Frame } from "../../../worker/protocol/frame.ts";
import { endName, listed } from "./words.ts";

type Cuts = Frame["cuts"];

/** What of a group's messages is stopped: those that leave it, those that should reach it. */
interface Stopped {
  readonly out: boolean;
  readonly into: boolean;
}

/** In which way a group is cut off from all others; in none where at least one message gets through. */
export function stopped(group: readonly ServerId[], others: readonly ServerId[], cuts: Cuts): Stopped {
  const down = new Set(cuts.map(([from, to]) => `${from}>${to}`));
  const all = (way: (a: ServerId, b: ServerId) => string): boolean =>
    group.every((a) => others.every((b) => down.has(way(a, b))));
  return { out: all((a, b) => `${a}>${b}`), into: all((a, b) => `${b}>${a}`) };
}

const namesOf = (ids: readonly ServerId[]): string => listed(ids.map(endName));

/** More than so many sentences nobody reads. */
const sentencesMost = 3;

/** Who cannot hear whom, in a few sentences; how many links are cut where it would take more. */
export function partedSentence({ groups, cuts }: Pick<Frame, "groups" | "cuts">): string {
  if (haveNames()) return "";
  if (cuts.length === 0) return "All links are up.";
  const told = groups.length < 2 ? null : sidesOf(groups, cuts);
  if (told !== null) return told;
  const single = deafnesses(cuts);
  return single.length <= sentencesMost ? single.join(" ") : `${cuts.length} directed links are cut.`;
}

const sides = (groups: Frame["groups"]): string => groups.map(namesOf).join(" | ");

/** "Separated: S1 and S2 | S3, S4 and S5", "S5 hears nobody."; null where some messages get through both ways. */
function sidesOf(groups: Frame["groups"], cuts: Cuts): string | null {
  const largest = groups.reduce((best, group) => (group.length > best.length ? group : best));
  const smaller = groups.filter((group) => group !== largest);
  const all = groups.flat();
  const ways = smaller.map((group) => ({
    group,
    ...stopped(
      group,
      all.filter((id) => !group.includes(id)),
      cuts,
    ),
  }));
  if (ways.every(({ out, into }) => out && into)) return `Separated: ${sides(groups)}`;
  if (ways.length > sentencesMost || ways.some(({ out, into }) => !out && !into)) return null;
  // A cut that no side explains would go untold.
  const within = cuts.some(([from, to]) => groups.some((group) => group.includes(from) && group.includes(to)));
  return within ? null : ways.map(({ group, out, into }) => sideSentence(group, out, into)).join(" ");
}

function sideSentence(group: readonly ServerId[], out: boolean, into: boolean): string {
  const [names, one] = [namesOf(group), group.length === 1];
  if (out && into) return `${names} ${one ? "is" : "are"} cut off, both ways.`;
  if (into) return one ? `${names} hears nobody.` : `${names} hear none of the others.`;
  return one ? `Nobody hears ${names}.` : `None of the others hears ${names}.`;
}

/** "S2 does not hear S1.", "S1 and S3 do not hear each other." */
function deafnesses(cuts: Cuts): string[] {
  const down = new Set(cuts.map((link) => link.join(">")));
  const mutual = cuts.filter(([from, to]) => down.has(`${to}>${from}`));
  const pairs = mutual.filter(([from, to]) => from < to);
  const oneWay = cuts.filter((link) => !mutual.includes(link));
  const receivers = [...new Set(oneWay.map(([, to]) => to))].sort((a, b) => a - b);
  return [
    ...pairs.map((pair) => `${namesOf(pair)} do not hear each other.`),
    ...receivers.map((to) => {
      const silent = oneWay.filter((link) => link[1] === to).map(([from]) => from);
      return `${endName(to)} does not hear ${listed(silent.sort((a, b) => a - b).map(endName)).replace(" and ", " or ")}.`;
    }),
  ];
}
