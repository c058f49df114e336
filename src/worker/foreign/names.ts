import type { ServerId } from "../../base/units.ts";
import type { ToldRun } from "../../exchange/in/told.ts";

const lettersMost = 6;
const lettersLeast = 4;

/** Names as they are; long ones cut where they still differ from each other. */
export function shortNames({ servers }: Pick<ToldRun, "servers">): readonly string[] {
  const names = servers.map(({ name }) => name);
  return names.map((name) => {
    if (name.length <= lettersMost) return name;
    for (let letters = lettersLeast; letters <= lettersMost; letters += 1) {
      const start = name.slice(0, letters);
      if (names.every((other) => other === name || !other.startsWith(start))) return `${start}…`;
    }
    // Those that begin alike are told apart by their ends.
    return `…${name.slice(-lettersMost)}`;
  });
}

/** 0: nobody. */
export type NameOf = (id: ServerId) => string;
export const namesFor =
  (names: readonly string[]): NameOf =>
  (id) =>
    id === 0 ? "nobody" : (names[id - 1] ?? `S${id}`);
