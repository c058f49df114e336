import { type ReactElement, useEffect, useState } from "react";
import { openGame } from "../../store/game/open.ts";
import { nowIn, useGameProgress } from "../../store/game/progress.ts";
import { anotherRound } from "../../store/game/rounds.ts";
import { askSearch, forgetHint, useHint, useScore } from "../../store/game/use-game.ts";
import { page } from "../../store/page.ts";
import { Naming } from "./naming.tsx";
import { Outside, Score, useFallen } from "./parts.tsx";

/** One rule is off, and nobody says which. */
export function Round({ round }: { readonly round: number }): ReactElement {
  const score = useScore();
  const fallen = useFallen();
  const fell = fallen !== null;
  useEffect(() => {
    if (fell) page.callStory();
  }, [fell]);
  return (
    <>
      {fallen !== null && score !== null ? (
        <Naming round={round} fallen={fallen} acts={score.acts.length} />
      ) : (
        <>
          <p className="game-text">
            One rule of Raft is off. Nobody tells you which. Crash, cut, delay and lose what you like until a promise
            falls: two leaders of one term, a committed write that is lost, two servers that disagree. Fewer acts give
            more points. Then name the rule.
          </p>
          <Outside />
          <Score score={score} />
          <Hint round={round} />
        </>
      )}
      <p className="game-foot">
        <button type="button" className="ui-link" onClick={() => openGame(round)}>
          Begin this round afresh
        </button>
        <button
          type="button"
          className="ui-link"
          onClick={() => openGame(anotherRound(useGameProgress.getState(), round, Math.random()))}
        >
          Another round
        </button>
      </p>
    </>
  );
}

/** The search knows a way; who asks gets no points. */
function Hint({ round }: { readonly round: number }): ReactElement {
  const [asked, setAsked] = useState(false);
  const helped = useGameProgress((known) => nowIn(known, round).helped);
  const { status, found, progress } = useHint((state) => state);
  useEffect(() => forgetHint, []);
  if (status === "found" && found !== null)
    return (
      <section aria-label="Hint">
        <h3 className="ui-heading">Hint</h3>
        <p className="game-text">
          The search found this, in a small cluster without a leader, where it decides about every message:
        </p>
        <ol className="game-story">
          {found.steps.map((text, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the steps of a story are their places
            <li key={place}>{text}</li>
          ))}
        </ol>
      </section>
    );
  if (status === "running")
    return (
      <p className="game-quiet" role="status">
        The search looks for a way: {(progress?.states ?? 0).toLocaleString("en")} states so far.
      </p>
    );
  if (status === "nothing" || status === "failed")
    return <p className="game-quiet">The search has found nothing in its time.</p>;
  if (asked && !helped)
    return (
      <p className="game-ask" role="status">
        <span>A hint takes the points of this round.</span>
        <button type="button" className="ui-button" onClick={() => askSearch(round)}>
          Take the hint
        </button>
        <button type="button" className="ui-button ui-quiet" onClick={() => setAsked(false)}>
          No
        </button>
      </p>
    );
  return (
    <p className="game-ask">
      <button type="button" className="ui-button" onClick={() => (helped ? askSearch(round) : setAsked(true))}>
        Hint …
      </button>
      {helped && <span className="game-quiet">This round gives no points any more.</span>}
    </p>
  );
}
