import type { Source } from "../worker/protocol/requests.ts";
import type { ToldFile } from "../worker/protocol/told.ts";
import { openTold } from "./given.ts";
import { labState, session } from "./use-lab.ts";

/** A told run that is kept as one text, as far as the page has to know it: `worker/foreign/file.ts` reads it. */
const kept = '{"driftwood":"told",';

function filesOf(source: Source): readonly ToldFile[] {
  if (source.from === "told") return source.files;
  if (source.from !== "file") return [];
  if (!source.text.startsWith(kept)) return [{ name: source.name ?? "", content: source.text }];
  const { files } = JSON.parse(source.text) as { readonly files: readonly { name: string; text: string }[] };
  return files.map(({ name, text }) => ({ name, content: text }));
}

/** Reads the files of the run that is shown once more: with other offsets between them, or with other patterns. */
export function readAgain(change: { readonly offsets?: readonly number[]; readonly patterns?: string }): void {
  const { info, frame } = labState();
  const told = info?.told;
  if (told === undefined) return;
  const offsets = change.offsets ?? told.files.map(({ offset }) => offset);
  const patterns = change.patterns ?? told.patterns;
  openTold({
    files: filesOf(session.origin()),
    format: told.format,
    offsets,
    reading: told.reading,
    ...(patterns === null ? {} : { patterns }),
    view: { at: 0, event: frame?.position.event ?? 0 },
  });
}
