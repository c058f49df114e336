import type { ToldSource } from "../worker/protocol/requests.ts";
import { isOfExperiment } from "./experiment/looks.ts";
import { withPart } from "./parts.ts";
import { lab, session } from "./use-lab.ts";

/** Nothing that Driftwood saves comes near this many bytes: what is larger can only be what another program wrote. */
const fileBytesMax = 4 * 1024 * 1024;

/** Opens the run in a file, or in several that tell of one run; what is wrong with them arrives as `LabState.problem`. */
export async function openFiles(files: readonly File[]): Promise<void> {
  const [file] = files;
  if (file === undefined) return;
  if (files.length > 1 || file.size > fileBytesMax)
    return openTold({ files: files.map((each) => ({ name: each.name, content: each })) });
  try {
    openText(await file.text(), file.name);
  } catch {
    session.refuse({ field: "file", message: "it could not be read" });
  }
}

/** As `openFiles`, of what was copied: files, a recording's text, a link, or what another program wrote. */
export function openPasted({ files, text }: { readonly files: ArrayLike<File>; readonly text: string }): void {
  if (files.length > 0) return void openFiles(Array.from(files));
  if (text.length > fileBytesMax) openTold({ files: [{ name: "", content: text }] });
  else openText(text);
}

function openText(text: string, name?: string): void {
  if (!isOfExperiment(text)) return lab.open({ from: "file", text, ...(name === undefined ? {} : { name }) });
  const load = () => import("./experiment/use-experiment.ts");
  void withPart("experiment", load, ({ openExperimentText }) => openExperimentText(text));
}

/** Opens what another program wrote. */
export const openTold = (source: Omit<ToldSource, "from">): void => lab.open({ from: "told", ...source });
