import { expect } from "vitest";
import { type Result, success } from "../base/result.ts";
import { explore } from "../history/fixtures.ts";
import { History } from "../history/history.ts";
import { formatRecording } from "../scenario/format.ts";
import type { Recording } from "../scenario/recording.ts";
import type { Setup } from "../world/state/setup.ts";
import { Laboratory } from "./laboratory.ts";
import type { InputProblem, OwnSource, Requests, ViewState } from "./protocol/requests.ts";

export const startView: ViewState = { at: 0, select: "", speed: 0.02 };

function recordingOf(history: History): Recording {
  const { setup, branches, current } = history;
  const [own, ...others] = branches;
  return {
    title: "A test",
    notes: "",
    preset: "",
    profile: "paper",
    setup,
    actions: own!.actions,
    bookmarks: [{ at: 1000, label: "The beginning." }],
    view: { at: 0, select: "S1", speed: 0.5, play: false },
    end: own!.reach,
    branches: others.map(({ label, parent, from, actions, reach }) => ({
      label,
      parent,
      from: from.at,
      actions,
      end: reach,
    })),
    branch: current.id,
  };
}

/** A file with a run of random acts. */
export function lively(setup: Setup, seed: number, acts = 25): string {
  const history = new History(setup);
  explore(history, seed, acts);
  return formatRecording(recordingOf(history));
}

export const file = (text: string): OwnSource => ({ from: "file", text });

/** Opens a run and shows it; a problem where it cannot be opened. */
export async function entered(
  laboratory: Laboratory,
  source: OwnSource,
): Promise<Result<Requests["enter"]["answer"], InputProblem>> {
  const answer = await laboratory.open(source);
  return answer.ok ? success(laboratory.enter(answer.value.run)) : answer;
}

export async function opened(source: OwnSource): Promise<Laboratory> {
  const laboratory = new Laboratory();
  const answer = await entered(laboratory, source);
  if (!answer.ok) throw new Error(`${answer.problem.field}: ${answer.problem.message}`);
  return laboratory;
}

/** Characters of one answer as JSON: what the page has to copy and keep. */
const answerMost = 800_000;

/** What is sent to the page is bounded, whatever the run is. */
export function within<Answer>(answer: Answer): Answer {
  expect(JSON.stringify(answer).length).toBeLessThan(answerMost);
  return answer;
}
