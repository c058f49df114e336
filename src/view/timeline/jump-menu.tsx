import { Menu } from "@base-ui/react/menu";
import { Check as CheckSign, ChevronsLeft, ChevronsRight, EllipsisVertical, GitBranch } from "lucide-react";
import type { ReactElement } from "react";
import { page } from "../../store/page.ts";
import { chooseHide, chooseStop, hidesWhatComes, stopsAtSteps, useStory } from "../../store/story.ts";
import { lab, useLab } from "../../store/use-lab.ts";
import type { MarkKind } from "../../worker/protocol/run.ts";

const kinds: readonly { readonly kind: MarkKind; readonly name: string }[] = [
  { kind: "election", name: "election" },
  { kind: "commit", name: "commit" },
  { kind: "crash", name: "crash" },
  { kind: "violation", name: "violation" },
];

interface JumpMenuProps {
  readonly atEnd: boolean;
  /** The landmark that the menu belongs to. */
  readonly home: HTMLElement | null;
}

/** Where else in the run one may want to be: the next of a kind, the newest moment, another branch. */
export function JumpMenu({ atEnd, home }: JumpMenuProps): ReactElement {
  return (
    <Menu.Root>
      <Menu.Trigger className="transport-icon" aria-label="Jump to" title="Jump to">
        <EllipsisVertical size={20} strokeWidth={1.8} />
      </Menu.Trigger>
      <Menu.Portal container={home}>
        <Menu.Positioner side="top" align="end" sideOffset={8} collisionPadding={8} className="transport-layer">
          <Menu.Popup className="transport-popup transport-menu">
            <Menu.Item className="transport-item" disabled={atEnd} onClick={() => lab.live()}>
              Newest moment
            </Menu.Item>
            <Menu.Separator className="transport-rule" />
            {kinds.map(({ kind, name }) => (
              <JumpPair key={kind} kind={kind} name={name} />
            ))}
            <Menu.Item className="transport-item" onClick={() => page.openDialog("until")}>
              Run until …
            </Menu.Item>
            <Menu.Separator className="transport-rule" />
            <StoryChecks />
            <BranchItems />
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

/** How stories are told; remembered. */
function StoryChecks(): ReactElement {
  // A choice changes what the run's own wish comes to.
  useStory();
  const hides = useLab((state) => hidesWhatComes(state));
  const stops = useLab((state) => stopsAtSteps(state));
  return (
    <>
      <Check checked={hides} onChange={chooseHide} label="Hide what comes" />
      <Check checked={stops} onChange={chooseStop} label="Play stops at steps" />
    </>
  );
}

interface CheckProps {
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly label: string;
}
function Check({ checked, onChange, label }: CheckProps): ReactElement {
  return (
    <Menu.CheckboxItem className="transport-item" closeOnClick={false} checked={checked} onCheckedChange={onChange}>
      <span className="transport-item-box">
        <Menu.CheckboxItemIndicator>
          <CheckSign size={14} strokeWidth={2.4} />
        </Menu.CheckboxItemIndicator>
      </span>
      {label}
    </Menu.CheckboxItem>
  );
}

function JumpPair({ kind, name }: { readonly kind: MarkKind; readonly name: string }): ReactElement {
  return (
    <div className="transport-pair">
      <Menu.Item
        className="transport-item"
        closeOnClick={false}
        label={`Previous ${name}`}
        onClick={() => lab.jump(kind, -1)}
      >
        <ChevronsLeft size={16} strokeWidth={1.8} />
        Previous {name}
      </Menu.Item>
      <Menu.Item
        className="transport-item"
        closeOnClick={false}
        label={`Next ${name}`}
        onClick={() => lab.jump(kind, 1)}
      >
        Next {name}
        <ChevronsRight size={16} strokeWidth={1.8} />
      </Menu.Item>
    </div>
  );
}

function BranchItems(): ReactElement | null {
  const branches = useLab((state) => state.timeline?.branches);
  const current = useLab((state) => state.timeline?.current);
  if (branches === undefined || branches.length < 2) return null;
  return (
    <>
      <Menu.Separator className="transport-rule" />
      <Menu.RadioGroup value={current} onValueChange={(id: number) => lab.switchBranch(id)}>
        {branches.map((branch) => (
          <Menu.RadioItem key={branch.id} value={branch.id} className="transport-item transport-item-branch">
            <GitBranch size={16} strokeWidth={1.8} />
            {branch.label}
            <Menu.RadioItemIndicator className="transport-item-here">shown</Menu.RadioItemIndicator>
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
      <Menu.Item className="transport-item" onClick={() => page.openDialog("branches")}>
        Name, compare, delete …
      </Menu.Item>
    </>
  );
}
