import type { ActRow, Edit, Edited } from "../../worker/protocol/acts.ts";
import type { Bookmark } from "../../worker/protocol/run.ts";
import type { Asks, Ground } from "./asks.ts";

export interface Editing {
  /** What was done on the branch that is shown; null if the worker cannot answer now. */
  acts(): Promise<readonly ActRow[] | null>;
  /** Changes an act, or takes it out: a branch of its own, which is shown then, at rest. Why it cannot be, or null. */
  edit(edit: Edit): Promise<string | null>;
  /** Another name for a branch, "" for none; null forgets it, and where it is shown goes over to its parent. */
  amend(branch: number, label: string | null): Promise<void>;
  /** Goes one of the ways that were looked at, on a branch of its own. */
  takeWay(way: number): void;
  /** Gives the run these steps, whatever their order. Why it cannot be, or null. */
  tell(steps: readonly Bookmark[]): Promise<string | null>;
}

const lost = "The engine could not answer. Try again in a moment.";

/** What the user changes about the run itself. `changed` hears of what was done. */
export function createEditing({ store, notices }: Ground, asks: Asks, pause: () => void, changed: () => void): Editing {
  const acts = asks.question("acts");

  function edit(wanted: Edit): Promise<string | null> {
    pause();
    return new Promise((resolve) => {
      asks.enqueue(async ({ ask, show }) => {
        const outcome = await ask("edit", wanted);
        if (outcome.kind === "problem") return resolve(outcome.problem.message);
        if (outcome.kind !== "answer") return resolve(outcome.kind === "lost" ? lost : "cancelled");
        const { refused, impossible, ...moved } = outcome.answer;
        show(moved, "jump");
        resolve(refused);
        if (refused !== null) return;
        notices.notify(`New branch; the old future is kept.${impossibleText(impossible)}`);
        changed();
      });
    });
  }
  function amend(branch: number, label: string | null): Promise<void> {
    if (label === null) pause();
    return new Promise((resolve) => {
      asks.enqueue(async ({ move }) => {
        await move("amend", { branch, label }, "jump");
        changed();
        resolve();
      });
    });
  }
  function takeWay(way: number): void {
    pause();
    asks.enqueue(async ({ move }) => {
      const outcome = await move("take", { way }, "jump");
      if (outcome.kind !== "answer") return;
      const { refused } = outcome.answer;
      notices.notify(refused ?? "New branch, every step by hand; the old future is kept.");
      if (refused === null) changed();
    });
  }
  async function tell(wanted: readonly Bookmark[]): Promise<string | null> {
    const outcome = await asks.ask("steps", { steps: wanted });
    if (outcome.kind === "problem") return outcome.problem.message;
    if (outcome.kind !== "answer") return lost;
    const { steps, ...moved } = outcome.answer;
    const { info } = store.getState();
    if (info !== null) store.setState({ info: { ...info, bookmarks: steps } });
    asks.show(moved, "on");
    changed();
    return null;
  }

  return { tell, amend, takeWay, acts: async () => (await acts({}))?.rows ?? null, edit };
}

function impossibleText([first, ...others]: Edited["impossible"]): string {
  if (first === undefined) return "";
  const said = `${first.text} (${first.why})`;
  return others.length === 0
    ? ` Not possible any more: ${said}.`
    : ` ${others.length + 1} acts are not possible any more, first ${said}.`;
}
