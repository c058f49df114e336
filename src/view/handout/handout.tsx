import { ArrowLeft, Printer } from "lucide-react";
import { type ComponentType, type ReactElement, useEffect, useMemo, useState } from "react";
import type { ServerId } from "../../base/units.ts";
import { pageUrl } from "../../store/embed.ts";
import { type Leaf, leavesOf } from "../../store/handout.ts";
import { plainText } from "../../store/lesson/lines.ts";
import { page } from "../../store/page.ts";
import type { Frame } from "../../worker/protocol/frame.ts";
import { qrPicture } from "../kit/qr/picture.ts";
import { Qr } from "../kit/qr/qr.tsx";
import { formatTime } from "../kit/words/time.ts";
import { citation } from "../kit/words/words.ts";
import { Logs } from "./logs.tsx";
import { Patterns } from "./patterns.tsx";
import "./handout.css";

interface Props {
  readonly lesson: string;
  readonly Stage: ComponentType<{
    readonly frame: Frame;
    readonly marked: ReadonlySet<ServerId>;
    readonly asked: boolean;
  }>;
}

/** A lesson for paper: what is seen, what is asked and what is to be done with boxes to tick, the answers last, and the way to the live state. */
export function Handout({ lesson, Stage }: Props): ReactElement {
  const [leaves, setLeaves] = useState<readonly Leaf[] | null | "coming">("coming");
  useEffect(() => {
    let wanted = true;
    void leavesOf(lesson).then((made) => wanted && setLeaves(made));
    return () => {
      wanted = false;
    };
  }, [lesson]);
  return (
    <div className="handout">
      <nav className="handout-bar" aria-label="Handout">
        <button type="button" className="ui-button" onClick={() => page.openHandout(null)}>
          <ArrowLeft size={16} strokeWidth={1.8} aria-hidden="true" />
          Back to the lesson
        </button>
        <button
          type="button"
          className="ui-button ui-dark"
          disabled={!Array.isArray(leaves)}
          onClick={() => window.print()}
        >
          <Printer size={16} strokeWidth={1.8} aria-hidden="true" />
          Print
        </button>
      </nav>
      {leaves === "coming" && <p className="handout-wait">The engine makes the pictures …</p>}
      {leaves === null && <p className="handout-wait">The pictures could not be made. Try it again.</p>}
      {Array.isArray(leaves) && <Sheets leaves={leaves} Stage={Stage} />}
    </div>
  );
}

/** More are not printed: what a step shows that only goes on from the one before is said by its text. */
const picturesMost = 6;

function Sheets({ leaves, Stage }: { readonly leaves: readonly Leaf[] } & Pick<Props, "Stage">): ReactElement {
  const { view } = leaves[0]!;
  const url = `${pageUrl()}#lesson=${view.id}`;
  const code = useMemo(() => qrPicture(url), [url]);
  const pictured = withPictures(leaves);
  return (
    <main className="handout-sheets">
      <Patterns />
      <header className="handout-head">
        <div>
          <p>
            Lesson {view.number} of {view.of}, {view.sections.map(citation).join(", ")}
          </p>
          <h1>{view.title}</h1>
          <p>
            Name: <span className="handout-line" />
          </p>
        </div>
        <figure>
          {code !== null && <Qr picture={code} label="QR code of the lesson" />}
          <figcaption>{url}</figcaption>
        </figure>
      </header>
      {leaves.map(({ view: step, frame }) => (
        <section key={step.step} className="handout-step">
          <h2>
            {step.step}. {step.steps[step.step - 1]?.title}
          </h2>
          <p>{plainText(step.text)}</p>
          {pictured.has(step.step) && (
            <figure className="handout-picture">
              <div className="handout-stage">
                <Stage frame={frame} marked={nobody} asked={step.question !== null} />
              </div>
              <Logs frame={frame} />
              <figcaption>At {formatTime(step.at)}</figcaption>
            </figure>
          )}
          {step.question !== null && (
            <div className="handout-question">
              <p>
                <strong>{plainText(step.question.asks)}</strong>
              </p>
              <ul>
                {step.question.answers.map(({ letter, says }) => (
                  <li key={letter}>
                    <i /> {letter}. {plainText(says)}
                  </li>
                ))}
              </ul>
              <p>
                Because: <span className="handout-line" />
              </p>
            </div>
          )}
          {step.tasks.length > 0 && (
            <div className="handout-question handout-tasks">
              <p>
                <strong>To do on the page</strong>
              </p>
              <ul>
                {step.tasks.map(({ id, says }) => (
                  <li key={id}>
                    <i /> {plainText(says)}
                  </li>
                ))}
              </ul>
            </div>
          )}
        </section>
      ))}
      <AnswerSheet leaves={leaves} />
    </main>
  );
}

const nobody: ReadonlySet<ServerId> = new Set();

/** Steps with a question first, for what is asked must be seen; then those that show something new. */
function withPictures(leaves: readonly Leaf[]): ReadonlySet<number> {
  const hashes = leaves.map(({ frame }) => frame.hash);
  const fresh = leaves.filter(({ frame }, at) => hashes.indexOf(frame.hash) === at);
  const asked = fresh.filter(({ view }) => view.question !== null);
  const others = fresh.filter(({ view }) => view.question === null);
  return new Set([...asked, ...others].slice(0, picturesMost).map(({ view }) => view.step));
}

function AnswerSheet({ leaves }: { readonly leaves: readonly Leaf[] }): ReactElement {
  return (
    <section className="handout-answers">
      <h2>Answers</h2>
      {leaves.flatMap(({ view }) =>
        view.question === null
          ? []
          : [
              <div key={view.step}>
                <h3>
                  {view.step}. {plainText(view.question.asks)} {view.question.right}.
                </h3>
                <p>{plainText(view.question.happened)}</p>
                <ul>
                  {view.question.answers
                    .filter(({ follows }) => follows !== null)
                    .map(({ letter, follows }) => (
                      <li key={letter}>
                        Not {letter}: {plainText(follows ?? "")}
                      </li>
                    ))}
                </ul>
              </div>,
            ],
      )}
      <h3>The whole picture</h3>
      <p>{plainText(leaves.at(-1)?.view.card ?? "")}</p>
    </section>
  );
}
