import type { ServerId } from "../../base/units.ts";
import type { Plan, Standing, Transition } from "../../store/change.ts";
import { listed } from "../kit/words/words.ts";

/** What a change of membership means, in words. */

/** "add", "promote", "demote", "remove"; "" where nothing changes. */
export function changeVerb(from: Standing, to: Standing): string {
  if (from === to) return "";
  if (to === "none") return "remove";
  if (to === "voter") return from === "learner" ? "promote" : "add";
  return from === "voter" ? "demote" : "add as a learner";
}

export interface StageRow {
  readonly when: string;
  readonly voters: string;
  /** "and S4 learns", "" if nobody does. */
  readonly learners: string;
  /** "2 of 3" */
  readonly quorum: string;
  /** It says no more than the row above it. */
  readonly same: boolean;
}

const names = (ids: readonly ServerId[]): string => ids.map((id) => `S${id}`).join(" ");
const quorumOf = (voters: readonly ServerId[]): string =>
  voters.length === 0 ? "nobody" : `${Math.floor(voters.length / 2) + 1} of ${voters.length}`;

function row(when: string, voters: readonly ServerId[], learners: readonly ServerId[], same = false): StageRow {
  const learning = learners.length === 0 ? "" : `and ${names(learners)} ${learners.length === 1 ? "learns" : "learn"}`;
  return { when, voters: names(voters) || "none", learners: learning, quorum: quorumOf(voters), same };
}

/** Now, on the way (both halves of a joint configuration), and in the end. */
export function stagesOf({ before, joint, after, problem }: Plan, transition: Transition): readonly StageRow[] {
  const end = transition === "explicit" && joint !== null ? "once it is left" : "after it";
  if (before.outgoing.length > 0) {
    return [
      row("now, old half", before.outgoing, []),
      row("now, new half", before.voters, before.learners),
      row("after it", after.voters, after.learners),
    ];
  }
  const now = row("now", before.voters, before.learners);
  if (joint === null) return [now, row(end, after.voters, after.learners, problem !== null)];
  return [
    now,
    row("joint, old half", joint.outgoing, []),
    row("joint, new half", joint.voters, joint.learners),
    row(end, after.voters, after.learners),
  ];
}

/** Why there is a joint configuration, or none, and how it ends. */
export function transitionText({ before, joint }: Plan, transition: Transition): string {
  if (before.outgoing.length > 0) {
    return before.autoLeave
      ? "The configuration is joint; the leader leaves it by itself once that change is applied. You may also ask for it (paper §6)."
      : "The configuration is joint and stays so until you ask to leave it: elections and commitment need both majorities (paper §6).";
  }
  if (transition === "explicit")
    return "Always joint, and left only when you ask for it: until then elections and commitment need both majorities (paper §6).";
  if (transition === "implicit")
    return "Always joint, and left by itself once the change is applied: until then both majorities are needed (paper §6).";
  return joint === null
    ? "One voter at a time needs no joint configuration: any two majorities, old and new, have a server in common (dissertation §4.1)."
    : "Several servers change: joint on the way, and left by itself once the change is applied (paper §6).";
}

/** Whoever joins as a voter without the log makes commits wait for it. */
export function latecomersHint(late: readonly ServerId[]): string | null {
  if (late.length === 0) return null;
  const who = listed(late.map((id) => `S${id}`));
  const [lack, as] = late.length === 1 ? ["lacks", "as a learner"] : ["lack", "as learners"];
  return `${who} still ${lack} committed entries: added ${as} first, nobody waits for the catching up (dissertation §4.2.1).`;
}
