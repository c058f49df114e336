import type { Requests } from "../../worker/protocol/requests.ts";
import type { Act } from "../../world/acts.ts";
import type { Asks, Ground } from "./asks.ts";

export interface Acting {
  act(act: Act): void;
  /** Asks another worker for what the dead one did not answer. */
  again(): void;
}

/** An act is tried again after the worker's death this often: the one that kills it must not do so for ever. */
const triesMax = 2;

interface WaitingAct {
  readonly act: Act;
  tries: number;
}

/** What the user does to the world: each act is taken at the moment that is drawn. `changed` hears of those that were done. */
export function createActing({ time, notices }: Ground, asks: Asks, changed: () => void): Acting {
  const unanswered = new Set<WaitingAct>();

  function enqueue(waiting: WaitingAct): void {
    unanswered.add(waiting);
    asks.enqueue(async ({ ask, show }) => {
      waiting.tries += 1;
      const outcome = await ask("act", { at: Math.floor(time.shown()), act: waiting.act });
      if (outcome.kind === "lost") return;
      unanswered.delete(waiting);
      if (outcome.kind === "cancelled") return;
      if (outcome.kind === "problem") return notices.notify(outcome.problem.message, "error");
      show(outcome.answer, "jump");
      done(outcome.answer);
    });
  }

  function done({ refused, branched }: Requests["act"]["answer"]): void {
    if (refused !== null) return notices.notify(refused);
    if (branched) notices.notify("New branch; the old future is kept");
    changed();
  }

  return {
    act: (act) => enqueue({ act, tries: 0 }),
    again() {
      for (const waiting of [...unanswered]) {
        unanswered.delete(waiting);
        if (waiting.tries < triesMax) enqueue(waiting);
      }
    },
  };
}
