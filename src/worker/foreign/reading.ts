import { failure, type Result, success } from "../../base/result.ts";
import { microsPerMilli } from "../../base/units.ts";
import { headLength, importers, recognised } from "../../exchange/in/index.ts";
import { type Lines, linesInto } from "../../exchange/in/lines.ts";
import type { Importer, Reader, ToldRun } from "../../exchange/in/told.ts";
import type { Work } from "../../history/work.ts";
import type { InputProblem } from "../../scenario/recording.ts";
import type { Job } from "../job.ts";
import type { ToldFile } from "../protocol/told.ts";

/** More is refused before it is read, or where it turns out. */
const bytesMost = 256 * 1024 * 1024;
const linesMost = 2_000_000;
const filesMost = 32;
/** More events than these are left out at the end. */
const eventsMost = 400_000;
/** Bytes that are read at once. */
const piece = 256 * 1024;

const sizeOf = ({ content }: ToldFile): number => (typeof content === "string" ? content.length : content.size);
const nameOf = ({ name }: ToldFile): string => name || "the text";

/** What was read, ready to be ended with any offsets. */
export interface Reading {
  readonly importer: Importer;
  readonly files: readonly { readonly name: string; readonly bytes: number; readonly lines: number }[];
  readonly reader: Reader;
  /** So many lines were so long that they were cut. */
  readonly cut: number;
}

/** Nobody knows what it is. */
export const unreadable = (field: string): InputProblem => ({
  field,
  message: `this is no recording, no link, and no log that can be read here. What can be read: ${formatsInWords()}`,
});

/** "etcd/raft log, CCF trace and ITF". */
function formatsInWords(): string {
  const titles = importers.map(({ title }) => title);
  return titles.length < 2 ? titles.join("") : `${titles.slice(0, -1).join(", ")} and ${titles.at(-1)}`;
}

const problem = (message: string, field = ""): Result<never, InputProblem> => failure({ field, message });

/** The beginning of a file. */
async function headOf({ content }: ToldFile): Promise<string> {
  if (typeof content === "string") return content.slice(0, headLength);
  return new TextDecoder().decode(await content.slice(0, headLength).arrayBuffer());
}

/** Whose format they are; all of them are of one. `wanted`: its name, where it is known. */
async function importerFor(
  files: readonly ToldFile[],
  wanted: string | undefined,
): Promise<Result<Importer, InputProblem>> {
  const known = importers.find(({ name }) => name === wanted);
  if (known !== undefined) return success(known);
  let first: { readonly importer: Importer; readonly file: ToldFile } | null = null;
  for (const file of files) {
    const importer = recognised(file.name, await headOf(file));
    if (importer === null) return failure(unreadable(file.name));
    if (first !== null && first.importer !== importer)
      return problem(`${nameOf(first.file)} is of ${first.importer.title} and ${nameOf(file)} of ${importer.title}`);
    first ??= { importer, file };
  }
  return first === null ? problem("there is no file") : success(first.importer);
}

/** Whether a text is of a format that is known here. */
export const isTold = (text: string, name: string): boolean => recognised(name, text.slice(0, headLength)) !== null;

/** Reads files line by line, in pieces between which the thread breathes. */
export async function read(
  files: readonly ToldFile[],
  { format, patterns }: { readonly format?: string | undefined; readonly patterns?: string | undefined },
  job: Job,
): Promise<Result<Reading, InputProblem>> {
  const bytes = files.reduce((sum, file) => sum + sizeOf(file), 0);
  if (files.length > filesMost)
    return problem(`${files.length} files are more than ${filesMost}, which can be read at once`);
  if (bytes > bytesMost)
    return problem(`${megabytes(bytes)} are more than ${megabytes(bytesMost)}, which can be read at once`);
  const found = await importerFor(files, format);
  if (!found.ok) return found;
  const importer = found.value;
  const reader = importer.open(
    files.map(({ name }) => ({ name })),
    patterns ?? importer.patterns,
  );
  const counts: Lines[] = [];
  let done = 0;
  for (const [file, each] of files.entries()) {
    const lines = linesInto((line, number) => reader.line(line, { file, line: number }));
    counts.push(lines);
    for await (const text of piecesOf(each)) {
      lines.piece(text);
      done += Math.min(piece, bytes - done);
      const soFar = counts.reduce((sum, { count }) => sum + count, 0);
      if (soFar > linesMost)
        return problem(
          `${nameOf(each)} brings the number of lines over ${linesMost}, of which the page can keep no more`,
        );
      await job.pass({ done, of: bytes });
    }
    lines.end();
  }
  return success({
    importer,
    files: files.map((each, i) => ({ name: each.name, bytes: sizeOf(each), lines: counts[i]!.count })),
    reader,
    cut: counts.reduce((sum, { cut }) => sum + cut, 0),
  });
}

const megabytes = (bytes: number): string => `${Math.ceil(bytes / 1024 / 1024)} MB`;

async function* piecesOf({ content }: ToldFile): AsyncGenerator<string> {
  if (typeof content === "string") {
    for (let from = 0; from < content.length; from += piece) yield content.slice(from, from + piece);
    return;
  }
  const decoder = new TextDecoder();
  for (let from = 0; from < content.size; from += piece)
    yield decoder.decode(await content.slice(from, from + piece).arrayBuffer(), { stream: true });
  yield decoder.decode();
}

export interface Ended {
  readonly run: ToldRun;
  /** So many events at the end are left out. */
  readonly leftOut: number;
}

/** The run, with so many milliseconds added to each file's times. */
export function* ended(
  { reader, importer, files }: Reading,
  offsets: readonly number[],
): Work<Result<Ended, InputProblem>> {
  const read = yield* reader.end(files.map((_, i) => Math.round((offsets[i] ?? 0) * microsPerMilli)));
  if (!read.ok) {
    const { file, line, message } = read.problem;
    return failure({ field: files[file]?.name ?? "", message, place: { line, column: 1 } });
  }
  const { value: run } = read;
  if (run.events.length === 0)
    return problem(
      `nothing in it was understood as ${importer.title}: ${run.skipped[0]?.why ?? "it is empty"}`,
      files[0]?.name,
    );
  return success(
    run.events.length <= eventsMost
      ? { run, leftOut: 0 }
      : { run: cutAt(run, eventsMost), leftOut: run.events.length - eventsMost },
  );
}

/** The first events of a run, and of its messages those that are in these. */
function cutAt(run: ToldRun, most: number): ToldRun {
  const kept: number[] = [];
  const places = new Map<number, number>();
  run.messages.forEach(({ sentIn, receivedIn }, id) => {
    if (Math.min(sentIn ?? most, receivedIn ?? most) >= most) return;
    places.set(id, kept.length);
    kept.push(id);
  });
  const inside = (event: number | null): number | null => (event === null || event >= most ? null : event);
  return {
    ...run,
    events: run.events.slice(0, most).map((event) => ({
      ...event,
      sends: event.sends.map((id) => places.get(id)!),
      receives: event.receives === null ? null : places.get(event.receives)!,
    })),
    messages: kept.map((id) => {
      const message = run.messages[id]!;
      return { ...message, sentIn: inside(message.sentIn), receivedIn: inside(message.receivedIn) };
    }),
  };
}
