import { ArrowRight, TriangleAlert } from "lucide-react";
import { type ReactElement, useEffect, useState } from "react";
import { grouped } from "../../base/grouped.ts";
import { page } from "../../store/page.ts";
import { lab, labState, session } from "../../store/use-lab.ts";
import type { OutlookView } from "../../worker/protocol/outlook.ts";
import { Choice } from "../kit/form/choice.tsx";
import { FormRow } from "../kit/form/form.tsx";
import { DialogFrame } from "../kit/form/frame.tsx";
import "./outlook.css";

/** Beyond this nobody reads on. */
const rowsMost = 40;

/** All that can come of this moment in a few steps, and a way to each. */
export function OutlookDialog(): ReactElement {
  const [steps, setSteps] = useState(5);
  const known = useOutlook(steps);
  return (
    <DialogFrame
      title="What can happen next"
      about="Messages under way arrive, in any order, and one timer may fire. Every order is tried from this moment on."
      size="medium"
    >
      <FormRow title="Steps">
        <Choice
          label="Steps"
          value={String(steps)}
          options={["1", "2", "3", "4", "5", "6"].map((value) => [value, value])}
          onChange={(value) => setSteps(Number(value))}
        />
      </FormRow>
      <div role="status">
        {known === null && <p className="form-note">Trying every order …</p>}
        {known === "none" && <p className="form-note">It was stopped. Choose fewer steps.</p>}
        {known !== null && known !== "none" && <Known outlook={known} asked={steps} />}
      </div>
    </DialogFrame>
  );
}

/** Null while it is looked at; "none": it was stopped. */
function useOutlook(steps: number): OutlookView | "none" | null {
  const [known, setKnown] = useState<{ readonly steps: number; readonly view: OutlookView | "none" } | null>(null);
  useEffect(() => {
    let wanted = true;
    lab.pause();
    void session.outlook({ steps }).then((view) => wanted && setKnown({ steps, view: view ?? "none" }));
    return () => {
      wanted = false;
      // Nobody waits for it any more.
      if (labState().working?.kind === "outlook") lab.cancel();
    };
  }, [steps]);
  return known?.steps === steps ? known.view : null;
}

function Known({ outlook, asked }: { readonly outlook: OutlookView; readonly asked: number }): ReactElement {
  const { rows, orders, nothing, states, steps } = outlook;
  return (
    <>
      <p className="form-note">
        {grouped(orders)} {orders === 1 ? "order" : "orders"} of {steps === 1 ? "one step" : `${steps} steps`}, through{" "}
        {grouped(states)} states.
        {steps < asked && " More steps lead to too many states."}
      </p>
      <ul className="outlook-list">
        {rows.slice(0, rowsMost).map(({ text, bad, orders: count, way }, place) => (
          <li key={text} className="outlook-row" data-bad={bad || undefined}>
            <div>
              <p className="outlook-end">
                {bad && <TriangleAlert size={15} strokeWidth={1.8} aria-hidden="true" />}
                <b>{text}</b>
                <span className="outlook-count">
                  in {grouped(count)} of {grouped(orders)}
                </span>
              </p>
              <p className="outlook-way">{way.join(", then ")}.</p>
            </div>
            <button
              type="button"
              className="ui-button"
              aria-label={`Open as a branch: ${text}`}
              onClick={() => {
                page.closeDialog();
                session.takeWay(place);
              }}
            >
              Open
              <ArrowRight size={15} strokeWidth={1.8} aria-hidden="true" />
            </button>
          </li>
        ))}
      </ul>
      {rows.length > rowsMost && <p className="form-note">And {rows.length - rowsMost} more.</p>}
      {nothing > 0 && (
        <p className="form-note">
          Nothing new in {grouped(nothing)} of {grouped(orders)}: nobody else leads, and nothing more is committed.
        </p>
      )}
    </>
  );
}
