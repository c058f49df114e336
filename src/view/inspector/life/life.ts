import type { Micros, ServerId } from "../../../base/units.ts";
import type { Life, Story, StoryStep } from "../../../worker/protocol/why.ts";
import { listed } from "../../kit/words/words.ts";

/** What the life of an entry or a command was up to a moment. */

/** Steps that stand in the table of copies, not in the line. */
const inTable: readonly string[] = ["copied", "stored", "acknowledged"];

/** The line of its life: of what happens on every server the first time only. */
export function lineOf({ steps, life }: Story): readonly StoryStep[] {
  if (life === undefined) return steps;
  const first = steps.find(({ kind }) => kind === "applied");
  return steps.filter((step) => !inTable.includes(step.kind) && (step.kind !== "applied" || step === first));
}

/** Where the line's dots stand at `now`: full, the ring of the last that has happened, hollow. */
export const dotOf = (steps: readonly StoryStep[], place: number, now: Micros): "done" | "now" | "later" =>
  steps[place]!.at > now ? "later" : (steps[place + 1]?.at ?? 0) > now ? "now" : "done";

const isBy = (at: Micros | null, now: Micros): boolean => at !== null && at <= now;

/** The servers on whose disks it is at that moment. */
export const storedBy = ({ copies }: Life, now: Micros): readonly ServerId[] =>
  copies.filter(({ storedAt, lostAt }) => isBy(storedAt, now) && !isBy(lostAt, now)).map(({ server }) => server);

/** How it stands at that moment, in a line. */
export function standing({ steps }: Story, life: Life, now: Micros): string {
  const has = (kind: string): boolean => steps.some((step) => step.kind === kind && step.at <= now);
  const client = life.client === 0 ? "its client" : `C${life.client}`;
  if (has("answered"))
    return life.place === null ? `${client} has its answer.` : `Committed, applied, and ${client} knows.`;
  if (has("committed")) return life.request === 0 ? "Committed." : `Committed; ${client} does not know yet.`;
  const was = life.copies.filter(({ copiedAt }) => isBy(copiedAt, now));
  if (was.length > 0 && was.every(({ lostAt }) => isBy(lostAt, now))) return "Lost: no server has it any more.";
  const stored = storedBy(life, now).map((id) => `S${id}`);
  if (was.length > 0)
    return stored.length === 0
      ? "Not committed: it is on no disk yet."
      : `Not committed: on the ${stored.length === 1 ? "disk" : "disks"} of ${listed(stored)}.`;
  if (has("given up")) return `${client} gave up on it.`;
  return has("asked") ? "Asked; in no log yet." : "Not there yet at this moment.";
}

export interface Stretch {
  readonly what: string;
  readonly from: Micros;
  readonly to: Micros;
}
/** Where its time went: to the leader, to a majority and back, to the client; as far as it came. */
export function stretchesOf({ steps }: Story, { client, appendedBy }: Life): readonly Stretch[] {
  const at = (kind: string): Micros | undefined => steps.findLast((step) => step.kind === kind)?.at;
  const asked = steps.find(({ kind }) => kind === "asked")?.at;
  const ends = [
    [`to S${appendedBy}`, at("appended")],
    ["to a majority and back", at("committed")],
    [`to C${client}`, at("answered")],
  ] as const;
  const stretches: Stretch[] = [];
  let from = asked;
  for (const [what, to] of ends) {
    if (from === undefined || to === undefined || to < from) break;
    stretches.push({ what, from, to });
    from = to;
  }
  return stretches;
}
