import { ChevronLeft, ChevronRight, FlaskConical, RotateCcw } from "lucide-react";
import { memo, type ReactElement, useState } from "react";
import type { ServerId } from "../../../base/units.ts";
import { page } from "../../../store/page.ts";
import { causesOf, lab, usePanelLab, whyOf } from "../../../store/use-lab.ts";
import type { About, Why as Told } from "../../../worker/protocol/why.ts";
import { IconButton } from "../../kit/icon-button.tsx";
import { useAsked } from "../../kit/use-asked.ts";
import { Worded } from "../../kit/worded/worded.tsx";
import { formatTime } from "../../kit/words/time.ts";
import { citation } from "../../kit/words/words.ts";
import { ComparedTable } from "./compared.tsx";
import { askedMost, type Past, WhatLedHere } from "./past.tsx";
import { halves, inMidst, waited } from "./rows.ts";
import "./why.css";

interface Props {
  readonly about: About;
  /** Whose decisions can be walked; 0: nobody's. */
  readonly server: ServerId;
  /** What it does at this moment; "": the explanation says so, where it does. */
  readonly now: string;
}

interface Answer {
  readonly why: Told | null;
  /** What led to it; null: it is not known yet, or cannot be told. */
  readonly past: Past | null;
}

/** Why something is as it is: what it does and waits for, what was decided last and on what, what led there. */
export function Why({ about, server, now }: Props): ReactElement {
  // What led there comes with the reason: between two answers nothing closes up and opens again.
  const answer = useAsked<Answer>(async (first) => {
    const answer = await whyOf({ about });
    if (answer?.why == null) return answer && { why: null, past: null };
    first({ ...answer, past: null });
    return { ...answer, past: await causesOf({ event: answer.why.event, most: askedMost }) };
  }, JSON.stringify(about));
  const why = answer?.why ?? null;
  const does = now === "" ? (why?.now ?? "") : now;
  return (
    <div className="why">
      <dl className="why-now">
        {does === "" ? null : (
          <>
            <dt>Now</dt>
            <dd>{does}</dd>
          </>
        )}
        {why === null || why.waitsFor.length === 0 ? null : (
          <>
            <dt>{server === 0 ? "Next" : "Waits"}</dt>
            {why.waitsFor.map((each, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: while a run plays the words change in lines that stay
              <dd key={place}>{waited(each)}</dd>
            ))}
          </>
        )}
      </dl>
      {answer === null ? (
        <p className="why-wait">Looking …</p>
      ) : why === null ? (
        <p className="why-wait">There is nothing to explain at this moment.</p>
      ) : (
        <Explained why={why} past={answer.past} about={about} server={server} />
      )}
    </div>
  );
}

interface ExplainedProps extends Omit<Props, "now"> {
  readonly why: Told;
  readonly past: Past | null;
}
/** Drawn once for each answer: while a run plays only what is said of now changes. */
const Explained = memo(function Explained({ why, past, about, server }: ExplainedProps): ReactElement {
  const { at, event, sentence, rule, compared, counterfactual } = why;
  const [head, rest] = halves(sentence);
  return (
    <>
      <section className="why-decision" aria-label="Why">
        <header className="why-line">
          <h3 className="ui-heading">
            Why, at{" "}
            <button type="button" className="why-time" title="Go there" onClick={() => lab.visit(event)}>
              {formatTime(at)}
            </button>
          </h3>
          {server === 0 ? null : <Walk about={about} event={event} />}
        </header>
        <p className="why-head">{head}</p>
        {rest === "" ? null : <p className="why-rest">{rest}</p>}
        <ComparedTable rows={compared} who={server === 0 ? "" : why.about} />
        {rule === null ? null : (
          <p className="why-rule">
            <Worded text={rule.text} /> <span className="why-cite">{citation(rule.section)}</span>
          </p>
        )}
        {counterfactual === null ? null : (
          <p className="why-other">
            <RotateCcw size={15} strokeWidth={1.8} aria-hidden="true" />
            <span>{counterfactual}</span>
          </p>
        )}
      </section>
      <WhatLedHere event={event} past={past} head={head} />
      {rule === null || rule.breaks.length === 0 ? null : <Without breaks={rule.breaks} />}
    </>
  );
}, sameAnswer);

function sameAnswer(a: ExplainedProps, b: ExplainedProps): boolean {
  return a.why === b.why && a.past === b.past && a.server === b.server;
}

/** To the server's decision before or after the one that is told. */
function Walk({ about, event }: { readonly about: About; readonly event: number }): ReactElement | null {
  const [found, setFound] = useState<{ readonly event: number; readonly none: readonly number[] }>({ event, none: [] });
  const none = found.event === event ? found.none : [];
  if (about.kind !== "server") return null;
  async function go(direction: 1 | -1): Promise<void> {
    if (about.kind !== "server") return;
    const answer = await whyOf({ about: { ...about, beside: { event, direction } } });
    if (answer === null) return;
    if (answer.why === null) setFound({ event, none: [...none, direction] });
    else lab.visit(answer.why.event);
  }
  return (
    <span className="why-walk">
      <IconButton
        icon={ChevronLeft}
        label="Its decision before"
        disabled={none.includes(-1)}
        onClick={() => void go(-1)}
      />
      <IconButton
        icon={ChevronRight}
        label="Its decision after"
        disabled={none.includes(1)}
        onClick={() => void go(1)}
      />
    </span>
  );
}

const waysMost = 3;

/** The same acts with something else in the rule's place. */
function Without({ breaks }: { readonly breaks: NonNullable<Told["rule"]>["breaks"] }): ReactElement {
  const off = usePanelLab("inspector", ({ info }) => info?.bugs.map(({ name }) => name).join() ?? "").split(",");
  return (
    <section className="why-without" aria-label="Without this rule">
      <h3 className="ui-heading">Without this rule</h3>
      <p>See what the same acts lead to where</p>
      <ul>
        {breaks
          .filter(({ bug }) => !off.includes(bug))
          .slice(0, waysMost)
          .map(({ bug, title }) => (
            <li key={bug}>
              <button type="button" className="ui-link" onClick={() => page.openAgain({ bugs: [bug] })}>
                <FlaskConical size={14} strokeWidth={1.8} aria-hidden="true" />
                {inMidst(title)}
              </button>
            </li>
          ))}
      </ul>
    </section>
  );
}
