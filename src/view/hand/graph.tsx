import {
  type KeyboardEvent,
  type ReactElement,
  type RefObject,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { lab } from "../../store/use-lab.ts";
import type { StateGraph } from "../../worker/protocol/exploration.ts";
import { termFill } from "../kit/term-fill.ts";
import { layoutGraph, type PlacedNode, stepWidth } from "./layout.ts";

const radius = 6;

/** Every state that was visited, from left to right by the number of steps; a click goes there. */
export function Graph({ graph }: { readonly graph: StateGraph }): ReactElement {
  const layout = useMemo(() => layoutGraph(graph), [graph]);
  const scroller = useRef<HTMLDivElement>(null);
  const [looked, setLooked] = useState(-1);
  const present = layout.nodes.find(({ id }) => id === graph.present);
  const said = layout.nodes.find(({ id }) => id === looked) ?? present;
  useCentred(scroller, present);
  return (
    <div className="hand-graph">
      <p className="hand-said">
        <strong>{count(graph)}</strong>
        <span>{said === undefined ? "" : sentence(said, said === present)}</span>
      </p>
      <div className="hand-canvas" ref={scroller}>
        {/* biome-ignore lint/a11y/useSemanticElements: there is no fieldset in SVG */}
        <svg
          className="hand-svg"
          width={layout.width}
          height={layout.height}
          role="group"
          aria-label="States visited"
          onMouseLeave={() => setLooked(-1)}
          onKeyDown={(event) => walk(event, graph, layout.nodes)}
        >
          {layout.edges.map(({ key, path, again }) => (
            <path key={key} className="hand-edge" d={path} data-again={again || undefined} />
          ))}
          {layout.nodes.map((node) => (
            <Node key={node.id} node={node} present={node.id === graph.present} onLook={setLooked} />
          ))}
        </svg>
      </div>
    </div>
  );
}

function count({ nodes, leftOut }: StateGraph): string {
  const states = nodes.length === 1 ? "1 state visited" : `${nodes.length} states visited`;
  return leftOut === 0 ? states : `${states}, ${leftOut} older ones not shown`;
}

function sentence({ depth, by, violated }: PlacedNode, isPresent: boolean): string {
  const where = depth === 0 ? "where it began" : `step ${depth}: ${by}`;
  return `${isPresent ? "now at " : ""}${where}${violated ? " (a property breaks)" : ""}`;
}

interface NodeProps {
  readonly node: PlacedNode;
  readonly present: boolean;
  onLook(id: number): void;
}
function Node({ node, present, onLook }: NodeProps): ReactElement {
  const { id, x, y, term, branch, event, violated } = node;
  const go = (): void => lab.go(branch, event);
  return (
    // biome-ignore lint/a11y/useSemanticElements: there is no button element in SVG
    <g
      className="hand-node"
      role="button"
      tabIndex={present ? 0 : -1}
      aria-label={sentence(node, present)}
      aria-current={present ? "step" : undefined}
      data-node={id}
      data-violated={violated || undefined}
      transform={`translate(${x} ${y})`}
      onClick={go}
      onKeyDown={(key) => {
        if (key.key !== "Enter" && key.key !== " ") return;
        key.preventDefault();
        key.stopPropagation();
        go();
      }}
      onMouseEnter={() => onLook(id)}
      onFocus={() => onLook(id)}
      onBlur={() => onLook(-1)}
    >
      <circle className="hand-reach" r={11} />
      {violated || present ? <circle className="hand-ring" r={radius + 3} data-present={present || undefined} /> : null}
      <circle r={radius} fill={termFill(term)} />
    </g>
  );
}

/** Arrows go along the edges, and to the neighbours in the same layer. */
function walk(event: KeyboardEvent<SVGSVGElement>, { edges }: StateGraph, nodes: readonly PlacedNode[]): void {
  const here = nodes.find(({ id }) => id === Number((event.target as Element).getAttribute("data-node")));
  if (here === undefined) return;
  const layer = nodes.filter(({ depth }) => depth === here.depth).sort((a, b) => a.y - b.y);
  const goals: Readonly<Record<string, number | undefined>> = {
    ArrowRight: edges.find(({ from }) => from === here.id)?.to,
    ArrowLeft: edges.find(({ to }) => to === here.id)?.from,
    ArrowDown: layer[layer.indexOf(here) + 1]?.id,
    ArrowUp: layer[layer.indexOf(here) - 1]?.id,
  };
  if (!(event.key in goals)) return;
  event.preventDefault();
  event.stopPropagation();
  event.currentTarget.querySelector<SVGElement>(`[data-node="${goals[event.key]}"]`)?.focus();
}

/** The present state stays in sight. */
function useCentred(scroller: RefObject<HTMLDivElement | null>, present: PlacedNode | undefined): void {
  const x = present?.x;
  const y = present?.y;
  useLayoutEffect(() => {
    const box = scroller.current;
    if (box === null || x === undefined || y === undefined) return;
    const { scrollLeft, scrollTop, clientWidth, clientHeight } = box;
    if (x < scrollLeft + stepWidth || x > scrollLeft + clientWidth - stepWidth) box.scrollLeft = x - clientWidth / 2;
    if (y < scrollTop + 12 || y > scrollTop + clientHeight - 12) box.scrollTop = y - clientHeight / 2;
  }, [scroller, x, y]);
}
