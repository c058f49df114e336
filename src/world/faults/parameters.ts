import type { Micros, Ppm, ServerId } from "../../base/units.ts";
import type { DirectedLink } from "../state/messages.ts";

/** What there is to say about a fault, as data: the file format, links, menus and chance all read it. */

interface About {
  readonly title: string;
  readonly optional?: true;
  /** What it means to leave it out: "without it: now". */
  readonly leftOut?: string;
}
/**
 * Bounds and initial values are in the file's units: milliseconds, probabilities, words. In an act times are
 * microseconds and probabilities parts per million.
 */
export type Parameter = About &
  (
    | { readonly is: "server" | "servers" | "links" | "groups" | "raftGroup" }
    | { readonly is: "time"; readonly least: number; readonly most: number; readonly initial: number }
    | {
        readonly is: "times";
        readonly least: number;
        readonly most: number;
        readonly initial: readonly [number, number];
      }
    | { readonly is: "chance"; readonly initial: number }
    | { readonly is: "ppm"; readonly least: number; readonly most: number; readonly initial: number }
    | {
        readonly is: "whole";
        readonly unit: string;
        readonly least: number;
        readonly most: number;
        readonly initial: number;
      }
    | {
        readonly is: "choice";
        readonly words: readonly (readonly [word: string, text: string])[];
        readonly initial: string;
      }
  );
/** In the order of the link format: new ones go to the end. */
export type Parameters = Readonly<Record<string, Parameter>>;

type ValueOf<P> = P extends { readonly is: "server" }
  ? ServerId
  : P extends { readonly is: "servers" }
    ? readonly ServerId[]
    : P extends { readonly is: "links" }
      ? readonly DirectedLink[]
      : P extends { readonly is: "groups" }
        ? readonly (readonly ServerId[])[]
        : P extends { readonly is: "time" }
          ? Micros
          : P extends { readonly is: "times" }
            ? readonly [least: Micros, most: Micros]
            : P extends { readonly is: "chance" | "ppm" }
              ? Ppm
              : P extends { readonly is: "whole" | "raftGroup" }
                ? number
                : P extends { readonly words: readonly (readonly [infer Word, string])[] }
                  ? Word
                  : never;
type Optional<Ps> = { [Name in keyof Ps]: Ps[Name] extends { readonly optional: true } ? Name : never }[keyof Ps];

/** The act that such parameters make. */
export type ActOf<Name extends string, Ps> = { readonly do: Name } & {
  readonly [Key in Exclude<keyof Ps, Optional<Ps>>]: ValueOf<Ps[Key]>;
} & { readonly [Key in Optional<Ps>]?: ValueOf<Ps[Key]> };

// ---- parameters that many faults have ------------------------------------------------------------------------------

export const server = { is: "server", title: "Server" } as const;
export const servers = { is: "servers", title: "Servers" } as const;
export const links = { is: "links", title: "Links" } as const;
export const anyLinks = { is: "links", title: "Links", leftOut: "without them: all", optional: true } as const;
/** Of several groups over the same machines; chance leaves it out. */
export const raftGroup = {
  is: "raftGroup",
  title: "Raft group",
  leftOut: "without it: the first",
  optional: true,
} as const;
/** Six hours: as long as a run can be. */
const longest = 21_600_000;
/** The fault ends by itself after this time. */
export const span = {
  is: "time",
  title: "For",
  leftOut: "without it: until it is undone",
  least: 1,
  most: longest,
  initial: 1000,
  optional: true,
} as const;
