import { holds, withMessage, withoutMessage } from "../bag.ts";
import { messageText, type SpecMessage } from "../messages.ts";
import { no, type SpecState, type Taken, withMessages } from "../state.ts";

const gone = (m: SpecMessage): Taken => no(`${messageText(m)} is not under way`);

/** The network duplicates a message. */
export function duplicateMessage(state: SpecState, m: SpecMessage): Taken {
  if (!holds(state.messages, m)) return gone(m);
  return { ok: true, state: withMessages(state, withMessage(state.messages, m)), did: "one more copy is under way" };
}

/** The network drops a message. */
export function dropMessage(state: SpecState, m: SpecMessage): Taken {
  if (!holds(state.messages, m)) return gone(m);
  return { ok: true, state: withMessages(state, withoutMessage(state.messages, m)), did: "one copy is lost" };
}
