import type { ExperimentView } from "../../../worker/protocol/experiment.ts";
import { kindOf } from "./kinds.ts";

/** How tall pictures are. Those that have a row for each setting need no more than that, and no less. */

interface Row {
  /** Rows of less cannot be read or touched. */
  readonly least: number;
  readonly most: number;
  /** What stands above and below. */
  readonly besides: number;
}
const rows = {
  strips: { least: 40, most: 96, besides: 56 },
  shares: { least: 34, most: 72, besides: 40 },
  heat: { least: 46, most: 76, besides: 54 },
} as const satisfies Readonly<Record<string, Row>>;

const plain = { least: 230, most: 520 } as const;

const countOf = ({ settings, factors }: ExperimentView): number =>
  factors.length === 2 ? factors[0]!.labels.length : settings.length;

/** Between what the height of the picture lies. */
export function heightsOf(view: ExperimentView): { readonly least: number; readonly most: number } {
  const kind = kindOf(view);
  if (kind === "curves" || kind === "line") return plain;
  const { least, most, besides } = rows[kind];
  const count = countOf(view);
  return { least: count * least + besides, most: count * most + besides };
}

/** How tall a row is, where all of them have so much. */
export function rowIn(view: ExperimentView, height: number): number {
  const kind = kindOf(view);
  if (kind === "curves" || kind === "line") return height;
  const { least, most } = rows[kind];
  return Math.max(least, Math.min(most, height / countOf(view)));
}
