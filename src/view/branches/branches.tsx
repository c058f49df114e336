import { Columns2, Pencil, Trash2 } from "lucide-react";
import { type ReactElement, useState } from "react";
import { page } from "../../store/page.ts";
import { lab, session, useLab } from "../../store/use-lab.ts";
import type { BranchView } from "../../worker/protocol/run.ts";
import { DialogFrame } from "../kit/form/frame.tsx";
import { IconButton } from "../kit/icon-button.tsx";
import { formatTime } from "../kit/words/time.ts";
import { treeOf } from "./tree.ts";
import "./branches.css";

const deepestDrawn = 6;

/** Every branch of the run, each under the one that it left, and what can be done with it. */
export function BranchesDialog(): ReactElement {
  const branches = useLab((state) => state.timeline?.branches) ?? [];
  const current = useLab((state) => state.timeline?.current);
  const shown = branches.find(({ id }) => id === current);
  return (
    <DialogFrame
      title="Branches"
      about="Whoever acts in the past begins a branch. Each stands under the one that it left. All of them are saved."
      size="medium"
    >
      {branches.length < 2 && (
        <p className="form-note">
          This run has one line so far. Go back in time and do something: the old future stays.
        </p>
      )}
      <ul className="branches-list">
        {treeOf(branches).map(({ branch, depth }) => (
          <Row key={branch.id} branch={branch} depth={Math.min(depth, deepestDrawn)} shown={shown} />
        ))}
      </ul>
    </DialogFrame>
  );
}

interface RowProps {
  readonly branch: BranchView;
  readonly depth: number;
  /** The branch that the page shows. */
  readonly shown: BranchView | undefined;
}

function Row({ branch, depth, shown }: RowProps): ReactElement {
  const [doing, setDoing] = useState<"naming" | "deleting" | null>(null);
  const { id, label, from, end } = branch;
  const isShown = shown?.id === id;
  const compare = (): void => {
    if (shown === undefined) return;
    const of = ({ id: branch, label: title, from }: BranchView) => ({
      side: { branch },
      title,
      about: branch === 0 ? "the first run" : `left at ${formatTime(from)}`,
    });
    page.openCompare(of(shown), of(branch));
  };
  const remove = (): void => {
    // The next branch takes over this one's number, and its row.
    setDoing(null);
    void session.amend(id, null);
  };
  return (
    <li className="branches-row" style={{ paddingInlineStart: depth * 20 }} data-shown={isShown || undefined}>
      {doing === "naming" ? (
        <Naming branch={branch} onDone={() => setDoing(null)} />
      ) : (
        <button
          type="button"
          className="branches-name"
          aria-current={isShown}
          title={isShown ? "It is shown" : "Go there"}
          onClick={() => lab.switchBranch(id)}
        >
          <span className="branches-label">{label}</span>
          <span className="branches-time">
            {formatTime(from)} to {formatTime(end)}
          </span>
        </button>
      )}
      {isShown && <span className="branches-here">shown</span>}
      {doing === "deleting" ? (
        <span className="branches-sure">
          <button type="button" className="ui-button" onClick={remove}>
            Delete for good
          </button>
          <button type="button" className="ui-button" onClick={() => setDoing(null)}>
            Keep
          </button>
        </span>
      ) : (
        <span className="branches-acts">
          <IconButton
            icon={Columns2}
            label={`Compare ${label} with the one that is shown`}
            title="Compare with the one that is shown"
            disabled={isShown || shown === undefined}
            onClick={compare}
          />
          <IconButton icon={Pencil} label={`Rename ${label}`} title="Rename" onClick={() => setDoing("naming")} />
          <IconButton
            icon={Trash2}
            label={`Delete ${label}`}
            title={id === 0 ? "The first run cannot be deleted" : "Delete"}
            disabled={id === 0}
            onClick={() => setDoing("deleting")}
          />
        </span>
      )}
    </li>
  );
}

function Naming({ branch: { id, label }, onDone }: { readonly branch: BranchView; onDone(): void }): ReactElement {
  const [name, setName] = useState(label);
  const done = (): void => {
    if (name !== label) void session.amend(id, name);
    onDone();
  };
  return (
    <form
      className="branches-naming"
      onSubmit={(event) => {
        event.preventDefault();
        done();
      }}
    >
      <input
        className="ui-field"
        aria-label={`Name of ${label}`}
        // biome-ignore lint/a11y/noAutofocus: it takes the place of the button that was pressed
        autoFocus
        maxLength={60}
        value={name}
        placeholder="named after what was done first on it"
        onChange={(event) => setName(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== "Escape") return;
          event.stopPropagation();
          onDone();
        }}
      />
    </form>
  );
}
