import type { Micros, ServerId, Term } from "../base/units.ts";
import { executeBy, onlookersFor, startMoment, unobserved } from "../history/moment.ts";
import type { Role } from "../raft/types.ts";
import type { Outcome } from "./experiment.ts";
import type { Tried } from "./trial.ts";
import { valueText } from "./words.ts";

/** What each server was, from a time on to the next. */
export interface Band {
  readonly server: ServerId;
  readonly spans: readonly { readonly at: Micros; readonly term: Term; readonly role: Role; readonly up: boolean }[];
}

/** A run in little, from its start to where its measuring ended. */
export function bandsOf({ setup, actions, outcome }: Tried): readonly Band[] {
  const moment = startMoment(setup);
  const onlookers = onlookersFor(moment, unobserved);
  const bands = new Map<ServerId, { at: Micros; term: Term; role: Role; up: boolean }[]>();
  const look = (): void => {
    for (const machine of moment.world.machines) {
      if (machine === undefined || machine.group !== 1) continue;
      const { id, raft, status } = machine;
      const up = status !== "down";
      const spans = bands.get(id) ?? [];
      bands.set(id, spans);
      const last = spans.at(-1);
      if (last?.term === raft.term && last.role === raft.role && last.up === up) continue;
      const now = { at: moment.world.now, term: raft.term, role: raft.role, up };
      if (last?.at === now.at) spans[spans.length - 1] = now;
      else spans.push(now);
    }
  };
  look();
  while (executeBy(outcome.at, moment, actions, onlookers, unobserved)) look();
  return [...bands].map(([server, spans]) => ({ server, spans }));
}

/** "Nobody wins terms 2 and 3. S3 wins term 4." */
export function wordsOf(bands: readonly Band[], { begun, broke, value, at }: Outcome): string {
  const isMeasured = at > begun || value !== null;
  const from = isMeasured ? begun : 0;
  const since = bands.flatMap(({ server, spans }) =>
    spans.filter((span) => span.at > from && span.up).map((span) => ({ ...span, server })),
  );
  const tried = [...new Set(since.filter(({ role }) => role === "candidate").map(({ term }) => term))].sort(
    (a, b) => a - b,
  );
  const won = since.filter(({ role }) => role === "leader").sort((a, b) => a.term - b.term);
  const lost = tried.filter((term) => !won.some((leader) => leader.term === term));
  const sentences = [
    tried.length + won.length === 0 ? `No election begins${isMeasured ? " while it is measured" : ""}.` : "",
    lost.length === 0 ? "" : `Nobody wins ${lost.length === 1 ? "term" : "terms"} ${listed(lost)}.`,
    ...won.slice(0, 3).map(({ server, term }) => `S${server} wins term ${term}.`),
    broke === null ? "" : `The run ends: ${broke}.`,
    value !== null || broke !== null
      ? ""
      : isMeasured
        ? `Given up after ${valueText(at - begun, "time")}.`
        : "Given up before it could be measured.",
  ].filter((sentence) => sentence !== "");
  return sentences.join(" ");
}

const listed = (terms: readonly Term[]): string =>
  terms.length > 4
    ? `${terms.slice(0, 3).join(", ")} … ${terms.at(-1)}`
    : terms.length === 1
      ? String(terms[0])
      : `${terms.slice(0, -1).join(", ")} and ${terms.at(-1)}`;
