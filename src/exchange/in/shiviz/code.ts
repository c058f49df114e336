/** Whether a character (its UTF-16 code) is one of those that are meant. */
export type Test = (code: number) => boolean;
export type Assertion = "lineStart" | "lineEnd" | "wordEdge" | "noWordEdge";
export type Node =
  | { readonly kind: "test"; readonly test: Test }
  | { readonly kind: "assert"; readonly what: Assertion }
  | { readonly kind: "sequence"; readonly parts: readonly Node[] }
  | { readonly kind: "either"; readonly options: readonly Node[] }
  | { readonly kind: "group"; readonly node: Node; readonly group: number }
  | {
      readonly kind: "repeat";
      readonly node: Node;
      readonly least: number;
      /** null: any number. */
      readonly most: number | null;
      readonly lazy: boolean;
    };
/** An expression as instructions. Where two ways go on, the first is preferred. */
export type Instruction =
  | { readonly kind: "test"; readonly test: Test }
  | { readonly kind: "assert"; readonly what: Assertion }
  | { kind: "fork"; first: number; second: number }
  | { kind: "jump"; to: number }
  /** Notes the place: 2g where group g begins, 2g + 1 where it ends. */
  | { readonly kind: "note"; readonly slot: number }
  | { readonly kind: "done" };
export type Code = readonly Instruction[];

export const newline = 10;
const mostInstructions = 2000;

/** null: it would be too long. */
export function assemble(node: Node): Code | null {
  const code: Instruction[] = [];
  if (!put(node, code)) return null;
  code.push({ kind: "done" });
  return code;
}

/** False: there is no more room. */
function put(node: Node, code: Instruction[]): boolean {
  if (code.length > mostInstructions) return false;
  switch (node.kind) {
    case "test":
    case "assert":
      code.push(node);
      return true;
    case "sequence":
      return node.parts.every((part) => put(part, code));
    case "group": {
      code.push({ kind: "note", slot: 2 * node.group });
      const fitted = put(node.node, code);
      code.push({ kind: "note", slot: 2 * node.group + 1 });
      return fitted;
    }
    case "either":
      return putEither(node.options, code);
    case "repeat":
      return putRepeat(node, code);
  }
}

function putEither(options: readonly Node[], code: Instruction[]): boolean {
  const jumps: { kind: "jump"; to: number }[] = [];
  for (const [place, option] of options.entries()) {
    const last = place === options.length - 1;
    const fork = { kind: "fork" as const, first: code.length + 1, second: 0 };
    if (!last) code.push(fork);
    if (!put(option, code)) return false;
    if (last) break;
    const jump = { kind: "jump" as const, to: 0 };
    code.push(jump);
    jumps.push(jump);
    fork.second = code.length;
  }
  for (const jump of jumps) jump.to = code.length;
  return true;
}

function putRepeat(node: Node & { kind: "repeat" }, code: Instruction[]): boolean {
  for (let time = 0; time < node.least; time++) if (!put(node.node, code)) return false;
  const fork = (): { kind: "fork"; first: number; second: number } => {
    const made = { kind: "fork" as const, first: 0, second: 0 };
    code.push(made);
    return made;
  };
  const aim = (made: { first: number; second: number }, on: number, out: number): void => {
    made.first = node.lazy ? out : on;
    made.second = node.lazy ? on : out;
  };
  if (node.most === null) {
    const start = code.length;
    const made = fork();
    if (!put(node.node, code)) return false;
    code.push({ kind: "jump", to: start });
    aim(made, start + 1, code.length);
    return true;
  }
  const forks: [made: ReturnType<typeof fork>, on: number][] = [];
  for (let time = node.least; time < node.most; time++) {
    const made = fork();
    forks.push([made, code.length]);
    if (!put(node.node, code)) return false;
  }
  for (const [made, on] of forks) aim(made, on, code.length);
  return true;
}
