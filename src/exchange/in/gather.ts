import type { Micros } from "../../base/units.ts";
import { eventsAPart, type Work } from "../../history/work.ts";
import { type Collected, type Line, listed, mergedRun, namesOf } from "./merge.ts";
import { backwards, mostServers, tally, turnedText, unreadable } from "./tally.ts";
import type { Place, ReadRun } from "./told.ts";

const maxEvents = 200_000;

interface About<L extends Line> extends Pick<Collected, "format" | "unknown" | "inOrder"> {
  readonly files: readonly string[];
  readonly supposed?: readonly string[];
  /** What a line tells with those of its file that were written before it; made anew, it is given every line in that order. */
  readonly inTurn?: () => (line: L) => Line;
}

/** Collects what an importer understands, and what it skips. */
export class Gathering<L extends Line = Line> {
  private lines: L[] = [];
  private readonly tally = tally();
  private readonly names = new Set<string>();
  /** In place of `lines`, from the first end on. */
  private written: { readonly lines: readonly Line[]; readonly supposed: readonly string[] } | null = null;

  constructor(private readonly about: About<L>) {}

  /** A run that holds all that it can need not be told more: the line is skipped. */
  isFull(source: string, place: Place): boolean {
    if (this.lines.length < maxEvents) return false;
    this.skip(source, place, `a run holds ${maxEvents} events`);
    return true;
  }

  /** `source`: the line as it stood there. */
  add(source: string, line: L): void {
    if (this.isFull(source, line)) return;
    const fresh = namesOf(line).filter((name) => !this.names.has(name));
    if (this.names.size + fresh.length > mostServers) {
      this.skip(source, line, `it names more than ${mostServers} servers`);
      return;
    }
    for (const name of fresh) this.names.add(name);
    this.tally.lines++;
    this.lines.push(line);
  }

  skip(source: string, place: Place, why: string): void {
    this.tally.lines++;
    this.tally.skip(source, place, why);
  }

  *end(offsets: readonly Micros[], nothing: string): Work<ReadRun> {
    const { lines: lineCount, skipped } = this.tally;
    if (this.lines.length === 0 && this.written === null) return unreadable(nothing, skipped[0]);
    const { files, format, unknown, inOrder } = this.about;
    this.written ??= yield* this.asWritten();
    this.lines = [];
    const title = files.filter((name) => name !== "").join(", ") || "Pasted text";
    const read = { lineCount, understood: this.written.lines.length, skipped };
    const run = yield* mergedRun({ format, title, unknown, inOrder, ...this.written, ...read }, offsets);
    return { ok: true, value: run };
  }

  /** The lines of each file as they were written, whichever end of it they begin at. */
  private *asWritten(): Work<NonNullable<typeof this.written>> {
    const { files, inOrder, inTurn } = this.about;
    const turned = newestFirst(this.lines, inOrder);
    const lines = turned.size === 0 ? this.lines : turnedOver(this.lines, turned);
    const supposed = [...(this.about.supposed ?? []), ...[...turned].map((file) => turnedText(files[file] ?? ""))];
    if (inTurn === undefined) return { lines, supposed };
    const told: Line[] = [];
    const tell = inTurn();
    for (const line of lines) {
      told.push(tell(line));
      if (told.length % eventsAPart === 0) yield { done: told.length, of: lines.length };
    }
    return { lines: told, supposed };
  }
}

function newestFirst(lines: readonly Line[], inOrder: Collected["inOrder"]): ReadonlySet<number> {
  const direction = backwards();
  for (const { at, file, server } of lines)
    if (at !== null) direction.see(at, file, inOrder === "file" ? `${file}` : `${file} ${server}`);
  return direction.files();
}

function turnedOver<L extends Line>(lines: readonly L[], turned: ReadonlySet<number>): readonly L[] {
  const byFile = new Map<number, L[]>();
  for (const line of lines) listed(byFile, line.file).push(line);
  return [...byFile].flatMap(([file, own]) => (turned.has(file) ? own.reverse() : own));
}
