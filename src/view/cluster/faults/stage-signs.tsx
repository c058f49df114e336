import { type ReactElement, useMemo } from "react";
import type { ActiveFault } from "../../../worker/protocol/faults.ts";
import { faultGlyph } from "../../kit/faults/glyphs.tsx";
import type { StageLayout } from "../places.ts";
import { signsOf } from "./signs.ts";
import "./signs.css";

interface Props {
  readonly faults: readonly ActiveFault[];
  readonly layout: StageLayout;
}

/** What is wrong with servers and links, as small signs; each says in words what it is. */
export function StageSigns({ faults, layout }: Props): ReactElement {
  const signs = useMemo(() => signsOf(faults, layout), [faults, layout]);
  return (
    <g className="signs">
      {signs.map(({ key, x, y, name, words }) => (
        <g key={key} className="sign" transform={`translate(${x.toFixed(1)} ${y.toFixed(1)})`} data-tip={words}>
          <title>{words}</title>
          <circle r={9} />
          {faultGlyph(name)}
        </g>
      ))}
    </g>
  );
}
