import { Popover } from "@base-ui/react/popover";
import { ChevronDown, ChevronRight } from "lucide-react";
import { type ReactElement, type ReactNode, useState } from "react";
import { CrownPath } from "../icons/crown.tsx";
import { Glyph } from "./glyphs.tsx";

/** What the marks on the stage mean: open beside the servers where there is room, else a button that shows it. */
export function Legend({ beside, narrow }: { readonly beside: boolean; readonly narrow: boolean }): ReactElement {
  const [open, setOpen] = useState(true);
  if (!beside) return <LegendPopover narrow={narrow} />;
  return (
    <div className="stage-legend">
      <button type="button" className="stage-legend-title" aria-expanded={open} onClick={() => setOpen(!open)}>
        What is what
        {open ? <ChevronDown size={14} strokeWidth={1.8} /> : <ChevronRight size={14} strokeWidth={1.8} />}
      </button>
      {open && <Rows />}
    </div>
  );
}

function LegendPopover({ narrow }: { readonly narrow: boolean }): ReactElement {
  return (
    <Popover.Root>
      <Popover.Trigger className="stage-legend stage-legend-title" data-narrow={narrow}>
        {narrow ? "Key" : "What is what"}
        <ChevronDown size={14} strokeWidth={1.8} aria-hidden="true" />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner side="bottom" align="start" sideOffset={4}>
          <Popover.Popup className="stage-popup stage-legend-popup">
            <Popover.Title className="stage-legend-heading">What is what</Popover.Title>
            <Rows />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

const request = { kind: "AppendEntries", term: 3, yes: null, entryTerms: [3], heartbeat: false } as const;
const beat = { ...request, entryTerms: [], heartbeat: true } as const;
const ballot = { ...request, kind: "RequestVote", entryTerms: [] } as const;
const reply = { ...beat, kind: "AppendEntriesReply", yes: true, heartbeat: false } as const;

function Rows(): ReactElement {
  return (
    <ul className="stage-legend-rows">
      <Row text="colour and number: term">
        <circle r={8} fill="var(--term-3)" />
      </Row>
      <Row text="crown, thick ring: leader">
        <g className="stage-crown" transform="translate(0 5) scale(0.7)">
          <CrownPath />
        </g>
      </Row>
      <Row text="dashed ring: candidate">
        <circle className="stage-ring-candidate" r={7.5} />
      </Row>
      <Row text="arc: time to the next election">
        <circle className="stage-ring" r={7.5} />
        <circle
          className="stage-arc stage-arc-small"
          r={7.5}
          pathLength={1}
          strokeDasharray="0.68 2"
          transform="rotate(-90)"
        />
      </Row>
      <Row text="AppendEntries, cells are entries">
        <Glyph message={request} crowded />
      </Row>
      <Row text="heartbeat; RequestVote">
        <g transform="translate(-10 0)">
          <Glyph message={beat} crowded />
        </g>
        <g transform="translate(12 0)">
          <Glyph message={ballot} crowded />
        </g>
      </Row>
      <Row text="hollow: reply, tick yes, cross no">
        <Glyph message={reply} crowded />
      </Row>
    </ul>
  );
}

function Row({ text, children }: { readonly text: string; readonly children: ReactNode }): ReactElement {
  return (
    <li>
      <svg viewBox="-25 -13 50 26" width={37} height={19} aria-hidden="true" focusable="false">
        {children}
      </svg>
      {text}
    </li>
  );
}
