import type { SpecMessage } from "../messages.ts";
import { type Action, take } from "../next.ts";
import type { SpecState, Taken } from "../state.ts";

/** A sequence of actions from a state. An action that cannot be taken leaves it as it is. */
export class Path {
  readonly actions: Action[] = [];
  /** states[k]: after actions[k]. */
  readonly states: SpecState[] = [];
  /** What its actions have sent. */
  readonly sent: SpecMessage[] = [];

  constructor(private readonly start: SpecState) {}

  get state(): SpecState {
    return this.states.at(-1) ?? this.start;
  }

  go(action: Action): Taken {
    const taken = take(this.state, action);
    if (!taken.ok) return taken;
    this.states.push(taken.state);
    this.actions.push(action);
    if (taken.sends !== undefined) this.sent.push(taken.sends);
    return taken;
  }

  /** Takes the last action back, which has sent something if `sent`. */
  takeBack(sent: boolean): void {
    this.states.pop();
    this.actions.pop();
    if (sent) this.sent.pop();
  }
}
