import type { PastEvent } from "../worker/protocol/why.ts";
import { light } from "./lit.ts";

/** So many causes are asked for where they are to be lit. */
export const litMost = 200;

/** Lights everything that led to an event, and the event: the first of `past`. */
export function lightPast(words: string, past: readonly PastEvent[]): void {
  const events = new Set(past.map(({ event }) => event));
  const servers = new Set(past.map(({ server }) => server));
  const messages = new Set(past.flatMap((each) => each.messages));
  const entries = new Set(past.flatMap((each) => each.entries.map(([index, term]) => `${index}.${term}`)));
  light({
    words,
    past,
    event: (each) => events.has(each),
    server: (each) => servers.has(each),
    message: ({ id }) => messages.has(id),
    entry: (index, term) => entries.has(`${index}.${term}`),
  });
}
