import { TriangleAlert } from "lucide-react";
import type { ReactElement } from "react";
import { lab, useLab } from "../../store/use-lab.ts";
import type { ViolationView } from "../../worker/protocol/frame.ts";
import type { GameScore } from "../../worker/protocol/game.ts";
import { formatTime } from "../kit/words/time.ts";

/** "1 act", "3 acts". */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString("en")} ${count === 1 ? one : many}`;

/** What fell, if it counts; null: nothing did. */
export function useFallen(): ViolationView | null {
  return useLab(({ frame }) => (frame?.outside == null ? (frame?.violation ?? null) : null));
}

/** Raft promises nothing to whoever does that. */
export function Outside(): ReactElement | null {
  const outside = useLab(({ frame }) => frame?.outside ?? null);
  if (outside === null) return null;
  return (
    <p className="game-outside" role="status">
      <TriangleAlert size={15} strokeWidth={1.8} aria-hidden="true" />
      <span>
        This is outside of what Raft promises: {outside}. What falls after it does not count. Go back to before it, and
        act from there.
      </span>
    </p>
  );
}

/** What was tried. */
export function Score({ score }: { readonly score: GameScore | null }): ReactElement {
  const { acts, faults, events, tried } = score ?? { acts: [], faults: 0, events: 0, tried: { acts: 0, branches: 1 } };
  const rows = [
    ["Acts", acts.length],
    ["of them faults", faults],
    ["Events run", events],
  ] as const;
  return (
    <section className="game-score" aria-label="Score">
      <dl>
        {rows.map(([name, count]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className="ui-figures">{count.toLocaleString("en")}</dd>
          </div>
        ))}
      </dl>
      {tried.branches > 1 && (
        <p className="game-quiet">
          On this branch. With the other {counted(tried.branches - 1, "branch", "branches")}:{" "}
          {counted(tried.acts, "act")}.
        </p>
      )}
    </section>
  );
}

/** What was done, each act with the way to its moment. */
export function Acts({ acts }: { readonly acts: GameScore["acts"] }): ReactElement {
  return (
    <ol className="game-acts">
      {acts.map(({ at, text }, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two equal acts may stand at one time
        <li key={place}>
          <button type="button" className="ui-moment" onClick={() => lab.seek(at)}>
            <span className="ui-time">{formatTime(at)}</span>
            <span>{text}</span>
          </button>
        </li>
      ))}
    </ol>
  );
}
