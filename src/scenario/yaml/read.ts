import { failure, type Result, success } from "../../base/result.ts";
import { readRecording } from "../format.ts";
import { brief } from "../leaves.ts";
import { nearest } from "../nearest.ts";
import type { InputProblem, Recording } from "../recording.ts";
import { formatVersion } from "../version.ts";
import { alsoCalled, configurationNames, type Names, type Row, type Shape, snake } from "./names.ts";
import { millisOf, spanOf } from "./times.ts";
import { readTree } from "./tree.ts";

/**
 * Reads a set-up as servers of Raft are configured, `raft.yaml`, as a run that begins with it; or, where "format" stands
 * in it, a recording that was written as YAML. A problem has the name, line and column that stand in the text.
 */
export function parseYaml(text: string): Result<Recording, InputProblem> {
  const tree = readTree(text);
  if (!tree.ok) return tree;
  const { json, placeOf } = tree.value;
  const read = isRecord(json) && Object.hasOwn(json, "format") ? readRecording(json) : readConfiguration(json);
  return read.ok ? read : failure({ ...read.problem, place: placeOf(read.problem.field) });
}

function readConfiguration(yaml: unknown): Result<Recording, InputProblem> {
  const made = fieldsOf(yaml);
  if (!made.ok) return made;
  const { fields, inYaml } = made.value;
  const read = readRecording({ ...whatElse, ...fields });
  return read.ok ? read : failure({ ...read.problem, field: inYaml(read.problem.field) });
}

interface Fields {
  /** Those of a recording's file. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** The name that one of them came from. */
  inYaml(field: string): string;
}

/** What a configuration says, as a recording has it; nobody has looked at the values yet. */
export function fieldsOf(yaml: unknown): Result<Fields, InputProblem> {
  if (!isRecord(yaml)) return failure({ field: "", message: "expected settings, such as election_timeout: 150ms" });
  const making = new Making();
  const made = making.section(yaml, configurationNames, { yaml: "", file: [] });
  return made === null ? success({ fields: making.file, inYaml: (field) => making.inYaml(field) }) : failure(made);
}

/** A configuration says how a run begins, and nothing of what happens in it. */
const whatElse = {
  format: "driftwood",
  version: formatVersion,
  title: "A run of your own",
  view: { atMs: 0, speed: 0.05, play: true },
};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

interface Here {
  /** As in `InputProblem.field`. */
  readonly yaml: string;
  readonly file: readonly (string | number)[];
}
type Tree = Record<string | number, unknown>;

/** The file's data while it is made out of a configuration, and which name each piece came from. */
class Making {
  readonly file: Tree = Object.create(null) as Tree;
  private readonly names = new Map<string, string>();

  /** What is wrong with it; null if all of it is understood. */
  section(yaml: Readonly<Record<string, unknown>>, names: Names, at: Here): InputProblem | null {
    for (const [name, value] of Object.entries(yaml)) {
      const path = at.yaml === "" ? name : `${at.yaml}.${name}`;
      const row = Object.hasOwn(names, name) ? names[name] : undefined;
      if (row === undefined) return { field: path, message: noSuch(name, names) };
      const wrong = this.field(value, row, { yaml: path, file: [...at.file, ...row.to] });
      if (wrong !== null) return wrong;
    }
    return null;
  }

  private field(value: unknown, { shape }: Row, at: Here): InputProblem | null {
    if (shape.is === "section") {
      if (!isRecord(value)) return expected(at, `settings below this name: ${firstOf(shape.names)}`, value);
      return this.section(value, shape.names, at);
    }
    if (shape.is === "servers" && Array.isArray(value)) return this.servers(value, shape.names, at);
    const before = this.names.get(fieldText(at.file));
    if (before !== undefined) return { field: at.yaml, message: `expected once: ${before} says it too` };
    const read = settingOf(value, shape);
    if (read.ok) this.put(read.value, at);
    return read.ok ? null : expected(at, read.problem, value);
  }

  private servers(list: readonly unknown[], names: Names, at: Here): InputProblem | null {
    this.put([], at);
    for (const [index, server] of list.entries()) {
      const here = { yaml: `${at.yaml}[${index}]`, file: [...at.file, index] };
      if (!isRecord(server)) return expected(here, "a server, such as - id: S1", server);
      this.put(Object.create(null), here);
      const wrong = this.section(server, names, here);
      if (wrong !== null) return wrong;
    }
    return null;
  }

  private put(value: unknown, { yaml, file }: Here): void {
    this.names.set(fieldText(file), yaml);
    const within = file.slice(0, -1).reduce<Tree>((tree, key) => {
      tree[key] ??= Object.create(null) as Tree;
      return tree[key] as Tree;
    }, this.file);
    within[file.at(-1)!] = value;
  }

  /** The name that a field of the file came from; with what lies deeper in it. */
  inYaml(field: string): string {
    const known = [...this.names.keys()].filter(
      (each) => field.startsWith(each) && /^($|[.[])/.test(field.slice(each.length)),
    );
    const longest = known.reduce((a, b) => (b.length > a.length ? b : a), "");
    return longest === "" ? "" : `${this.names.get(longest)}${field.slice(longest.length)}`;
  }
}

const fieldText = (path: readonly (string | number)[]): string =>
  path.reduce<string>((text, key) => {
    if (typeof key === "number") return `${text}[${key}]`;
    return text === "" ? key : `${text}.${key}`;
  }, "");

const expected = ({ yaml }: Here, what: string, found: unknown): InputProblem => ({
  field: yaml,
  message: `expected ${what}, found ${brief(found)}`,
});

function noSuch(name: string, names: Names): string {
  const here = Object.fromEntries(Object.entries(alsoCalled).filter(([, to]) => Object.hasOwn(names, to)));
  const meant = nearest(name, Object.keys(names), here);
  return `there is no setting ${brief(name)}${meant === null ? "" : `: did you mean ${meant}?`}`;
}

const firstOf = (names: Names): string => `${Object.keys(names).slice(0, 3).join(", ")} …`;

/** As the file has it, or what was expected instead. Whether it is within its bounds is asked by who reads the file. */
function settingOf(value: unknown, shape: Exclude<Shape, { readonly is: "section" }>): Result<unknown, string> {
  switch (shape.is) {
    case "plain":
    case "servers":
      return success(value);
    case "time": {
      const millis = millisOf(value);
      return millis === null ? failure("a time with its unit, such as 50ms or 1.5s") : success(millis);
    }
    case "span": {
      const twice = shape.single === "up to twice";
      const span = spanOf(value, (millis) => [millis, twice ? 2 * millis : millis]);
      return span === null ? failure("a time, or the least and the most, such as 150ms-300ms") : success(span);
    }
    case "limit":
      if (value === null || value === "none") return success(null);
      return typeof value === "number" ? success(value) : failure(`a whole number of ${shape.what}, or none`);
    case "word": {
      const word = shape.words.find((each) => each === value || snake(each) === value);
      return word === undefined ? failure(wordsText(value, shape.words)) : success(word);
    }
  }
}

function wordsText(value: unknown, words: readonly string[]): string {
  const meant = typeof value === "string" ? nearest(value, words.map(snake)) : null;
  return `one of ${words.map(snake).join(", ")}${meant === null ? "" : ` (did you mean ${meant}?)`}`;
}
