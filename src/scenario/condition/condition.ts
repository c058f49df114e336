import type { LogIndex, ServerId } from "../../base/units.ts";
import type { EventWord, NumberWord, PairWord, StateWord } from "./words.ts";

export type Comparison = "=" | "!=" | "<" | "<=" | ">" | ">=";

/** What is asked of a moment, as it was parsed. `server` 0: of no server in particular. */
export type Condition =
  | { readonly is: "and" | "or"; readonly parts: readonly Condition[] }
  | { readonly is: "not"; readonly part: Condition }
  /** Somebody leads, somebody is a candidate, a property broke, all logs are the same. */
  | { readonly is: "leader" | "candidate" | "violation" | "alike" }
  | { readonly is: "state"; readonly server: ServerId; readonly what: Exclude<StateWord, "voted"> }
  /** `to`: for whom, 0 = anybody. */
  | { readonly is: "state"; readonly server: ServerId; readonly what: "voted"; readonly to: ServerId }
  | { readonly is: "pair"; readonly server: ServerId; readonly what: PairWord; readonly to: ServerId }
  /** Something that a server does in the step that led here. `to`: whom it concerns, 0 = anybody. */
  | { readonly is: "event"; readonly server: ServerId; readonly what: EventWord; readonly to: ServerId }
  | {
      readonly is: "number";
      readonly server: ServerId;
      readonly what: NumberWord;
      readonly by: Comparison;
      readonly value: number;
    }
  /** The term of the entry at `index`, 0 where there is none. */
  | {
      readonly is: "entry";
      readonly server: ServerId;
      readonly index: LogIndex;
      readonly by: Comparison;
      readonly value: number;
    }
  /** `value` null: the key has none. */
  | {
      readonly is: "key";
      readonly server: ServerId;
      readonly key: string;
      readonly by: "=" | "!=";
      readonly value: string | null;
    };

/** What is wrong with a condition's text: characters `from` up to `to` (exclusive), and what may have been meant. */
export interface ConditionProblem {
  readonly message: string;
  readonly from: number;
  readonly to: number;
  /** The nearest right word, null if none is near. */
  readonly nearest: string | null;
}
