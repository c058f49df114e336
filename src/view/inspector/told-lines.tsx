import { type ReactElement, useEffect, useRef, useState } from "react";
import type { ServerId } from "../../base/units.ts";
import { nameOf } from "../../store/server-names.ts";
import { feed, lab, usePanelLab } from "../../store/use-lab.ts";
import type { FeedRow } from "../../worker/protocol/feed.ts";
import { formatTime } from "../kit/words/time.ts";
import { Section } from "./parts.tsx";
import { ComparedTable } from "./why/compared.tsx";
import "./why/why.css";

const shown = 6;

/** The newest lines of a server up to here, with their places in its log; and what its last vote was held against. */
export function ToldLines({ server }: { readonly server: ServerId }): ReactElement | null {
  const event = usePanelLab("inspector", ({ frame }) => frame?.position.event ?? 0);
  const files = usePanelLab("inspector", ({ info }) => info?.told?.files.length ?? 1);
  const rows = useLines(server, event);
  if (rows === null) return null;
  if (rows.length === 0) return <p className="inspector-hint">It has told nothing yet.</p>;
  const vote = rows.find(({ told }) => (told?.compared ?? []).length > 0);
  return (
    <>
      {vote === undefined ? null : (
        <Section title={`Its last answer to a vote, line ${vote.told?.line}`}>
          <ComparedTable rows={vote.told?.compared ?? []} who={nameOf(server)} />
        </Section>
      )}
      <Section title="Its last lines, up to here">
        <ol className="inspector-lines">
          {rows.map(({ id, position, text, told }) => (
            <li key={id}>
              <button
                type="button"
                className={`ui-moment${position.event === event ? " ui-here" : ""}`}
                aria-current={position.event === event ? "step" : undefined}
                onClick={() => lab.visit(position.event)}
              >
                <span className="ui-time">{formatTime(position.at)}</span>
                <span className="inspector-line">
                  {text}
                  <span className="inspector-line-place">
                    {files > 1 && told !== undefined ? `file ${told.file + 1}, ` : ""}line {told?.line}
                  </span>
                </span>
              </button>
            </li>
          ))}
        </ol>
      </Section>
    </>
  );
}

/** null: not known yet. Asked again when another moment is shown; one question at a time, so that none piles up while the run plays. */
function useLines(server: ServerId, event: number): readonly FeedRow[] | null {
  const [rows, setRows] = useState<readonly FeedRow[] | null>(null);
  const [done, setDone] = useState(0);
  const asking = useRef(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another moment has other lines, and an answer may be late
  useEffect(() => {
    if (asking.current) return;
    asking.current = true;
    const filter = { servers: [server], kinds: [], routine: true };
    void feed({ filter, before: null, limit: shown }).then((answer) => {
      asking.current = false;
      if (answer === null) return;
      setRows(answer.rows);
      setDone(event);
    });
  }, [server, event, done]);
  return rows;
}
