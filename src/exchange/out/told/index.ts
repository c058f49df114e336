import type { Work } from "../../../history/work.ts";
import type { ToldRun } from "../../in/told.ts";
import type { Range, Written } from "../exporter.ts";
import { toldCsv } from "./csv.ts";
import { toldMermaid } from "./mermaid.ts";
import { toldText } from "./text.ts";

/** How a run that another program told of goes out: by the names of the exporters. The others need what nobody has told. */
export const toldWriters: Readonly<Record<string, (run: ToldRun, range: Range) => Work<Written>>> = {
  csv: toldCsv,
  mermaid: toldMermaid,
  text: toldText,
};
