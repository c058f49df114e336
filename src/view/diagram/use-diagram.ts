import { useEffect, useMemo, useRef, useState } from "react";
import type { Micros } from "../../base/units.ts";
import { useLit } from "../../store/lit.ts";
import { openedRun } from "../../store/story.ts";
import { diagram as askDiagram, labState, useLab, usePanelLab } from "../../store/use-lab.ts";
import type { Diagram } from "../../worker/protocol/diagram.ts";
import { usePaced } from "../kit/use-paced.ts";
import type { Lit } from "./ground.ts";

export interface Stretch {
  readonly from: Micros;
  readonly to: Micros;
}
interface Loaded {
  readonly run: unknown;
  readonly diagram: Diagram;
  /** Of one stretch on the page: the answer has three. */
  readonly width: number;
}

/** While a run plays, the engine is asked this often, in milliseconds. */
const askPause = 220;
/** One may come so much closer before what is told together is asked for apart. */
const closer = 2.2;

/** What the engine knows of the stretch and of as much on both sides, asked again where that is not enough; null until it is there. */
export function useDiagram(stretch: Stretch | null, width: number, disks: boolean): Diagram | null {
  const run = useLab(openedRun);
  const branch = usePanelLab("logs", ({ frame }) => frame?.branch ?? -1);
  const group = usePanelLab("logs", ({ frame }) => frame?.group ?? 1);
  const known = usePaced(
    usePanelLab("logs", ({ frame }) => frame?.end.event ?? 0),
    askPause,
  );
  const [loaded, setLoaded] = useState<Loaded | null>(null);
  const [asked, setAsked] = useState(0);
  const asking = useRef(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: when an answer has come it is looked whether it is still enough
  useEffect(() => {
    if (stretch === null || width <= 0 || asking.current) return;
    if (loaded !== null && covers(loaded, { run, branch, group, known, stretch, width, disks })) return;
    asking.current = true;
    const size = stretch.to - stretch.from;
    const wide = { from: Math.max(0, stretch.from - size), to: stretch.to + size };
    void askDiagram({ ...wide, group, disks, width: Math.round((width * (wide.to - wide.from)) / size) }).then(
      (diagram) => {
        asking.current = false;
        if (diagram !== null && openedRun(labState()) === run) setLoaded({ run, diagram, width });
        setAsked((count) => count + 1);
      },
    );
  }, [stretch, width, run, branch, group, known, disks, asked]);
  return loaded !== null && loaded.run === run ? loaded.diagram : null;
}

interface Wanted {
  readonly run: unknown;
  readonly branch: number;
  readonly group: number;
  readonly known: number;
  readonly stretch: Stretch;
  readonly width: number;
  readonly disks: boolean;
}

function covers({ run, diagram, width }: Loaded, wanted: Wanted): boolean {
  const { from, to, branch, group, end } = diagram;
  const { stretch } = wanted;
  const same =
    run === wanted.run &&
    (diagram.disks || !wanted.disks) &&
    branch === wanted.branch &&
    group === wanted.group &&
    width === wanted.width;
  // What is known by now may lie after all that is looked at.
  const fresh = end.event >= wanted.known || end.at > to;
  const size = stretch.to - stretch.from;
  return same && fresh && stretch.from >= from && stretch.to <= to && size * closer >= (to - from) / 3;
}

/** How far the engine's reading of the run is, where it takes long: 0 to 1, null otherwise. */
export const useReading = (): number | null =>
  useLab(({ working }) => (working?.kind === "diagram" ? working.done : null));

export const readingWords = (done: number | null): string =>
  `Reading the run${done === null ? "" : `, ${Math.round(done * 100)} %`} …`;

/** What is lit on the page, by whomever. */
export function useLitHere(): Lit | null {
  const lit = useLit();
  return useMemo(() => {
    if (lit === null) return null;
    const past = lit.past ?? [];
    const by = new Map(past.map((each) => [each.event, each] as const));
    return { past: by, about: past[0]?.event ?? 0, event: (event) => lit.event(event) };
  }, [lit]);
}
