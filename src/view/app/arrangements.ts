import type { Arrangement } from "../kit/use-media.ts";

/** What the main part of the page holds; the inspector has a place of its own only where it is wide. */
export type BoxName = "picture" | "panes" | "inspector";

/** One side of a split. Sizes as CSS has them; without `size` it takes what is left. */
export interface Side {
  /** Under which its size is remembered. */
  readonly id: string;
  readonly size?: `${number}%` | `${number}px`;
  readonly min: `${number}px`;
  readonly max?: `${number}%`;
  /** Keeps its pixels when the page changes its size, not its share. */
  readonly fixed?: true;
  readonly holds: BoxName | Split;
}

/** Two sides and a handle between them. */
export interface Split {
  readonly id: string;
  readonly way: "horizontal" | "vertical";
  readonly handle: { readonly className: string; readonly label: string };
  readonly sides: readonly [Side, Side];
}

type Measures = Pick<Side, "size" | "min" | "fixed">;
const pictureAndPanesOf = (least: Side["min"], panes: Measures): Split["sides"] => [
  { id: "picture", min: least, holds: "picture" },
  { id: "panes", ...panes, holds: "panes" },
];

/** Logs and events below the picture. */
const pictureAndPanes: Split = {
  id: "rows",
  way: "vertical",
  handle: { className: "app-handle app-handle-row", label: "Height of the logs" },
  sides: pictureAndPanesOf("200px", { size: "242px", min: "90px", fixed: true }),
};

const wide = (rows: Split): Split => ({
  id: "columns",
  way: "horizontal",
  handle: { className: "app-handle app-handle-column", label: "Width of the inspector" },
  sides: [
    { id: "left", size: "72%", min: "420px", holds: rows },
    { id: "inspector", size: "28%", min: "260px", max: "50%", holds: "inspector" },
  ],
});

/** A laptop's height: the picture has what the logs can do without, of which five are whole from 576 px on. */
export const low: Split = wide({
  ...pictureAndPanes,
  id: "rows-laptop",
  sides: pictureAndPanesOf("160px", { size: "40%", min: "90px" }),
});

/** A frame is not split: it holds the picture alone. */
export const arrangements: Readonly<Record<Exclude<Arrangement, "frame"> | "taught", Split>> = {
  /** Picture and inspector side by side. */
  wide: wide(pictureAndPanes),
  /** A phone held upright: the picture, then a sheet whose height can be dragged. */
  tall: {
    id: "tall",
    way: "vertical",
    handle: { className: "app-handle app-handle-sheet", label: "Height of the sheet" },
    sides: pictureAndPanesOf("84px", { size: "38%", min: "56px" }),
  },
  /** The same with a lesson, which is read as well as looked at. */
  taught: {
    id: "taught",
    way: "vertical",
    handle: { className: "app-handle app-handle-sheet", label: "Height of the sheet" },
    sides: pictureAndPanesOf("84px", { size: "54%", min: "56px" }),
  },
  /** Little height: the picture left, the sheet right. */
  flat: {
    id: "flat",
    way: "horizontal",
    handle: { className: "app-handle app-handle-column", label: "Width of the sheet" },
    sides: pictureAndPanesOf("240px", { size: "42%", min: "200px" }),
  },
};
