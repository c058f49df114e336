import { limits } from "./limits.ts";
import type { InputProblem } from "./recording.ts";

/** Names under which an object's prototype can be reached. No field of the format has one of them. */
const poisoned: ReadonlySet<string> = new Set(["__proto__", ...Object.getOwnPropertyNames(Object.prototype)]);

interface Place {
  readonly value: unknown;
  readonly path: string;
  readonly depth: number;
}

/**
 * Walks parsed JSON before any schema does: how deep, how much, and no name that reaches a prototype. Without
 * recursion, so that no nesting can overflow the stack.
 */
export function boundsProblem(json: unknown): InputProblem | null {
  const todo: Place[] = [{ value: json, path: "", depth: 1 }];
  let nodes = 0;
  for (let place = todo.pop(); place !== undefined; place = todo.pop()) {
    if (++nodes > limits.nodes) return { field: "", message: `expected at most ${limits.nodes} values in all` };
    const { value, path, depth } = place;
    if (typeof value === "string" && value.length > limits.notes) {
      return { field: path, message: `expected at most ${limits.notes} characters, found ${value.length}` };
    }
    if (typeof value !== "object" || value === null) continue;
    if (depth > limits.depth) return { field: path, message: `expected at most ${limits.depth} levels of nesting` };
    const problem = Array.isArray(value) ? pushItems(value, place, todo) : pushFields(value, place, todo);
    if (problem !== null) return problem;
  }
  return null;
}

function pushItems(items: readonly unknown[], { path, depth }: Place, todo: Place[]): InputProblem | null {
  if (items.length > limits.actions) {
    return { field: path, message: `expected at most ${limits.actions} items, found ${items.length}` };
  }
  for (const [at, value] of items.entries()) todo.push({ value, path: `${path}[${at}]`, depth: depth + 1 });
  return null;
}

function pushFields(object: object, { path, depth }: Place, todo: Place[]): InputProblem | null {
  for (const [name, value] of Object.entries(object)) {
    const field = path === "" ? name : `${path}.${name}`;
    if (poisoned.has(name)) return { field: field.slice(0, 200), message: "there is no such field" };
    todo.push({ value, path: field.slice(0, 200), depth: depth + 1 });
  }
  return null;
}
