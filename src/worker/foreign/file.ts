import type { Micros } from "../../base/units.ts";
import type { ToldSource } from "../protocol/requests.ts";
import type { ToldFile } from "../protocol/told.ts";

/** A told run as one text: what was read, letter by letter, and where one was. */
interface Kept {
  readonly driftwood: "told";
  readonly version: 1;
  readonly format: string;
  readonly files: readonly { readonly name: string; readonly text: string }[];
  readonly offsets: readonly number[];
  readonly patterns: string | null;
  readonly view: { readonly at: Micros; readonly event: number };
}

const start = '{"driftwood":"told",';
/** Beyond so many characters a run is not kept: its files have to be opened again. */
export const keptMost = 4_000_000;

/** null: it is too long. */
export async function keptText(source: ToldSource, format: string, view: Kept["view"]): Promise<string | null> {
  const { files, offsets = [], patterns = null } = source;
  if (
    files.reduce((sum, { content }) => sum + (typeof content === "string" ? content.length : content.size), 0) >
    keptMost
  )
    return null;
  const texts = await Promise.all(files.map(async (file) => ({ name: file.name, text: await textOf(file) })));
  const kept: Kept = {
    driftwood: "told",
    version: 1,
    format,
    files: texts,
    offsets,
    patterns,
    view: { at: Math.floor(view.at), event: view.event },
  };
  return JSON.stringify(kept);
}

export async function textOf({ content }: ToldFile): Promise<string> {
  if (typeof content === "string") return content;
  return new TextDecoder().decode(await content.slice(0, content.size).arrayBuffer());
}

/** Which version of this page wrote it, where that is a newer one; null: it is not, or the text is none of these. */
export function newerKept(text: string): number | null {
  const version = text.startsWith(start) ? /"version":(\d{1,6})\b/.exec(text.slice(0, 100))?.[1] : undefined;
  return version !== undefined && Number(version) > 1 ? Number(version) : null;
}

/** What such a text asks to open; null: it is no such text. */
export function readKept(text: string): ToldSource | null {
  if (!text.startsWith(start)) return null;
  try {
    const { version, format, files, offsets, patterns, view } = JSON.parse(text) as Record<string, unknown>;
    const isText = (value: unknown): value is string => typeof value === "string";
    const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
    const read = (files as Record<string, unknown>[]).map(({ name, text: content }) => ({ name, content }));
    const { at, event } = view as Record<string, unknown>;
    const good =
      version === 1 &&
      isText(format) &&
      read.every(({ name, content }) => isText(name) && isText(content)) &&
      (offsets as unknown[]).every((offset) => Number.isFinite(offset)) &&
      (patterns === null || isText(patterns)) &&
      isCount(at) &&
      isCount(event);
    if (!good) return null;
    return {
      from: "told",
      files: read as { name: string; content: string }[],
      format,
      offsets: offsets as number[],
      ...(patterns === null ? {} : { patterns: patterns as string }),
      view: { at, event },
    };
  } catch {
    return null;
  }
}
