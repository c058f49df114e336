import { Check, ChevronDown } from "lucide-react";
import { type ReactElement, useEffect, useRef } from "react";
import { noteTry, useScore } from "../../store/game/use-game.ts";
import { page } from "../../store/page.ts";
import { lab } from "../../store/use-lab.ts";
import type { StoppedBy } from "../../worker/protocol/game.ts";
import { Worded } from "../kit/worded/worded.tsx";
import { formatTime } from "../kit/words/time.ts";
import { citation } from "../kit/words/words.ts";
import { counted, Outside, Score, useFallen } from "./parts.tsx";

const aims: readonly { readonly text: string; readonly breaks: readonly string[] }[] = [
  { text: "Two leaders of one term", breaks: ["Election Safety"] },
  {
    text: "A committed write is lost",
    breaks: ["Leader Completeness", "State Machine Safety", "What is committed stays", "Log Matching"],
  },
  { text: "A client sees an old value", breaks: ["Linearizability"] },
];

/** Every rule is on: what was tried, and what stood in the way. */
export function Free(): ReactElement {
  const score = useScore();
  const fallen = useFallen();
  const tried = score?.tried.acts;
  const fresh = useRef(false);
  useEffect(() => {
    // Who comes back to what was tried before does not try it again.
    if (tried === 0) fresh.current = true;
    else if (tried !== undefined && fresh.current) {
      fresh.current = false;
      noteTry();
    }
  }, [tried]);
  return (
    <>
      <p className="game-text">
        Every rule of Raft is on. Crash, cut, delay and lose what you like, and ask for what you like. Make one of these
        happen:
      </p>
      <ul className="game-aims">
        {aims.map(({ text, breaks }) => {
          const fell = fallen !== null && breaks.includes(fallen.property);
          return (
            <li key={text} data-fell={fell || undefined}>
              <span className="game-box">{fell && <Check size={12} strokeWidth={3} aria-hidden="true" />}</span>
              <span>
                <Worded text={text} />
              </span>
              <span className="game-quiet">{fell ? "happened" : "not in this run"}</span>
            </li>
          );
        })}
      </ul>
      <p className="game-quiet">
        Old values show in what clients were answered:{" "}
        <button type="button" className="ui-link" onClick={page.openHistory}>
          check their history
        </button>
        .
      </p>
      <Outside />
      {fallen !== null && (
        <p className="game-fell" role="status">
          “{fallen.property}” has fallen with every rule on: {fallen.detail}. Save the run and tell us: there is a
          mistake in this page, or in Raft.
        </p>
      )}
      <Score score={score} />
      <InTheWay stopped={score?.stopped ?? []} />
      {fallen === null && (
        <p className="game-quiet game-honest">
          With every rule on, no search has found a way. That is no proof that there is none.
        </p>
      )}
    </>
  );
}

/** The rules that stood in the way, each time. */
function InTheWay({ stopped }: { readonly stopped: readonly StoppedBy[] }): ReactElement {
  return (
    <section aria-label="What stopped it">
      <h3 className="ui-heading">What stopped it</h3>
      {stopped.length === 0 ? (
        <p className="game-quiet">No rule has refused anything yet.</p>
      ) : (
        <ul className="game-rules">
          {stopped.map(({ title, section, count, times }) => (
            <li key={title}>
              <details>
                <summary>
                  <span>
                    {title} <small>{citation(section)}</small>
                  </span>
                  <span className="ui-figures">{counted(count, "time")}</span>
                  <ChevronDown size={14} strokeWidth={1.8} aria-hidden="true" />
                </summary>
                <ol className="game-acts">
                  {times.map(({ event, at, text }, place) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: two may stand at one event
                    <li key={place}>
                      <button type="button" className="ui-moment" onClick={() => lab.visit(event)}>
                        <span className="ui-time">{formatTime(at)}</span>
                        <span>{text}</span>
                      </button>
                    </li>
                  ))}
                </ol>
                {count > times.length && <p className="game-quiet">The last {times.length} are shown.</p>}
              </details>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
