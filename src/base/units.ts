/**
 * Quantities that must not be mixed up. A flavour costs nothing at run time: a plain number may become any of
 * these, but a term may not be passed where a log index is expected.
 */
export type Flavour<T, Name extends string> = T & { readonly __flavour?: Name };

/** Virtual time in integer microseconds since the start of the run. */
export type Micros = Flavour<number, "Micros">;
/** A Raft term (paper §5.1), 0 before the first election. */
export type Term = Flavour<number, "Term">;
/** Position in the log; the first entry has index 1, 0 stands before it. */
export type LogIndex = Flavour<number, "LogIndex">;
/** 1 … 9 for S1 … S9. 0 means "none", and as an end of a link "the client". */
export type ServerId = Flavour<number, "ServerId">;
/** A Raft group, from 1 on; where it is 0, a run has only one and nobody needs to name it. */
export type GroupId = Flavour<number, "GroupId">;
/** 1 … 9 for C1 … C9: programs on the one machine that is called "the client" where there is only C1. */
export type ClientId = Flavour<number, "ClientId">;
/** A probability or a rate in parts per million, so that no float decides anything. */
export type Ppm = Flavour<number, "Ppm">;

export const client: ServerId = 0;
export const microsPerMilli = 1000;
export const toMillis = (micros: Micros): number => micros / microsPerMilli;
export const microsPerSecond = 1_000_000;
export const million = 1_000_000;
