import type { KeyResult } from "../../../worker/protocol/clients.ts";
import { formatTime } from "../words/time.ts";
import { barText, type Judged, type Operation } from "./operation.ts";

/** What the checker says of one key, with its operations and in words. */
export interface KeyVerdict {
  readonly key: string;
  readonly verdict: KeyResult["verdict"];
  /** Ascending by call. */
  readonly operations: readonly (Operation & Judged)[];
  /** The longest order that was found: numbers of operations. */
  readonly order: readonly number[];
  /** The value of the key after each of them. */
  readonly states: readonly string[];
  /** The operation that cannot be placed, if one cannot. */
  readonly stuck: number | null;
  readonly why: readonly string[];
  /** What the operation that fits nowhere was told, and what it could have been; "" and none where all fit. */
  readonly told: string;
  readonly could: readonly string[];
  /** What was searched. */
  readonly searched: string;
}

const value = (told: string | null): string => told ?? "nil";
const count = (number: number, what: string): string =>
  `${number.toLocaleString("en")} ${what}${number === 1 ? "" : "s"}`;

export function verdictOf(result: KeyResult, history: readonly Operation[]): KeyVerdict {
  const own = history.filter(({ key }) => key === result.key).map((one) => ({ ...one, text: barText(one) }));
  const stuck = result.verdict === "illegal" ? result.stuck : null;
  return {
    key: result.key,
    verdict: result.verdict,
    operations: own,
    order: result.order.map(({ number }) => number),
    states: result.order.map(({ state }) => value(state)),
    stuck,
    ...reasonsOf(result, own),
    searched: searchedOf(result),
  };
}

function searchedOf({ operations, verdict }: KeyResult): string {
  const many = count(operations, "operation");
  if (verdict === "ok") return `${many}: one order explains ${operations === 1 ? "it" : "them all"}`;
  return verdict === "illegal" ? `${many}: no order explains them all` : `${many}: the search ended early`;
}

type Reasons = Pick<KeyVerdict, "why" | "told" | "could">;
const noneStuck = { told: "", could: [] } as const;

function reasonsOf(result: KeyResult, operations: readonly Operation[]): Reasons {
  const { verdict, order, steps } = result;
  if (verdict === "ok") return { ...noneStuck, why: [explained] };
  if (verdict === "unknown")
    return {
      ...noneStuck,
      why: [
        `Neither proved nor refuted: the search was given up after ${count(steps, "step")}. The longest order that it found has ${order.length} of ${count(result.operations, "operation")}.`,
      ],
    };
  const stuck = operations.find(({ number }) => number === result.stuck);
  if (stuck === undefined) return { ...noneStuck, why: [] };
  const told = toldOf(stuck);
  const could = alternatives(result, stuck, operations);
  return { told, could, why: [`${told} No moment between the two explains that.`, ...could] };
}

const explained =
  "Each number is a moment between an operation's call and its answer. Taken one at a time in this order, the operations give every answer that a client got.";

const toldOf = ({ client, asked, calledAt, answeredAt, answer }: Operation): string =>
  `C${client} asked ${asked} at ${formatTime(calledAt)} and was told ${answer} at ${formatTime(answeredAt ?? calledAt)}.`;

function alternatives({ could, key }: KeyResult, stuck: Operation, operations: readonly Operation[]): string[] {
  if (could === null) return [];
  if (could.values.length === 0)
    return could.complete
      ? [`No other answer to it would help: what was told of ${key} before contradicts itself.`]
      : [];
  const values = could.values.map(value);
  const only = could.complete && values.length === 1 ? "only " : could.complete ? "" : "for example ";
  const last = lastWrite(stuck, operations);
  const because =
    last === undefined
      ? ""
      : `: ${last.asked} had been answered at ${formatTime(last.answeredAt ?? 0)}, before it was asked`;
  return [`It could have been told ${only}${listed(values)}${because}.`];
}

/** The write that was answered last before the call. */
function lastWrite({ calledAt }: Operation, operations: readonly Operation[]): Operation | undefined {
  const before = operations.filter((one) => !one.reads && one.answeredAt !== null && one.answeredAt < calledAt);
  return before.sort((a, b) => a.answeredAt! - b.answeredAt!).at(-1);
}

const listed = (values: readonly string[]): string =>
  values.length < 2 ? values.join("") : `${values.slice(0, -1).join(", ")} or ${values.at(-1)}`;
