import { Switch } from "@base-ui/react/switch";
import { MousePointerClick, Undo2 } from "lucide-react";
import { type ReactElement, useState } from "react";
import { setByHand } from "../../store/actions/cluster.ts";
import { lab, useLab } from "../../store/use-lab.ts";
import type { ChoiceView, Exploration } from "../../worker/protocol/exploration.ts";
import { pointAt } from "../kit/point.ts";
import { Choices } from "./choices.tsx";
import { Graph } from "./graph.tsx";
import { useExploration } from "./use-exploration.ts";
import "./hand.css";

/** Every step in the user's hands: what may happen next, and the states that were visited. */
export function ByHand(): ReactElement {
  const mode = useLab((state) => state.frame?.mode);
  const exploration = useExploration();
  if (mode === "automatic") return <TakeOver />;
  if (exploration === null || exploration.graph === null) return <p className="hand-nothing">Looking …</p>;
  return <InHand exploration={exploration} graph={exploration.graph} />;
}

function TakeOver(): ReactElement {
  return (
    <div className="hand-nothing">
      <p>
        Messages arrive and timers fire by themselves. Take over, and nothing happens unless you say so: this pane then
        lists all that may happen next, and draws every state that you have been in.
      </p>
      <button type="button" className="ui-button" onClick={() => setByHand(true)}>
        <MousePointerClick size={15} strokeWidth={1.8} aria-hidden="true" />I decide what happens next
      </button>
    </div>
  );
}

interface Props {
  readonly exploration: Exploration;
  readonly graph: NonNullable<Exploration["graph"]>;
}

function InHand({ exploration, graph }: Props): ReactElement {
  const [disksFinish, setDisksFinish] = useState(true);
  /** Where there is no room for both, one of the two. */
  const [instead, setInstead] = useState(false);
  const choose = (choice: ChoiceView): void => {
    pointAt(null);
    lab.act(choice.act);
    if (disksFinish) lab.finishWrites();
  };
  return (
    <div className="hand-room">
      <section className="hand" aria-label="By hand" data-instead={instead || undefined}>
        <Choices choices={exploration.choices} leftOut={exploration.choicesLeftOut} choose={choose}>
          <button
            type="button"
            className="ui-button hand-swap"
            aria-pressed={instead}
            onClick={() => setInstead(!instead)}
          >
            States
          </button>
          <UndoButton began={graph.undo === null} />
          <DiskSwitch on={disksFinish} onChange={setDisksFinish} />
        </Choices>
        <Graph graph={graph} />
      </section>
    </div>
  );
}

/** `began`: this is where it began. */
function UndoButton({ began }: { readonly began: boolean }): ReactElement {
  return (
    <button
      type="button"
      className="ui-button hand-undo"
      disabled={began}
      title={began ? "This is where it began" : "Back to the state before this one"}
      onClick={lab.undo}
    >
      <Undo2 size={15} strokeWidth={1.8} aria-hidden="true" />
      Undo
    </button>
  );
}

/** Off: a write takes its time, and a server may crash before it is done. */
function DiskSwitch({ on, onChange }: { readonly on: boolean; onChange(on: boolean): void }): ReactElement {
  const writing = useLab(({ frame }) => frame?.servers.some(({ disk }) => disk.doneAt !== null) ?? false);
  return (
    <>
      {writing ? (
        <button type="button" className="ui-button hand-undo" onClick={lab.finishWrites}>
          Finish writes
        </button>
      ) : null}
      {/* biome-ignore lint/a11y/noLabelWithoutControl: the switch is the control */}
      <label className="hand-disks">
        <Switch.Root className="hand-switch" checked={on} onCheckedChange={onChange}>
          <Switch.Thumb className="hand-thumb" />
        </Switch.Root>
        disks finish at once
      </label>
    </>
  );
}
