import { operationText } from "../explain/messages.ts";
import type { History } from "../history/history.ts";
import type { Fact } from "../world/facts.ts";
import type { CallView, Requests, ReturnView } from "./protocol.ts";

/** Events looked at for one answer: the thread must not be held. */
const eventsMost = 10_000;

/** What clients asked and were told in the explored events after `after`, as far as one answer goes. */
export function operationsAfter(history: History, after: number): Requests["operations"]["answer"] {
  const end = history.current.end.event;
  const upTo = Math.min(end, after + eventsMost);
  const facts = upTo > after ? history.facts(after + 1, upTo) : [];
  return { calls: facts.flatMap(callOf), returns: facts.flatMap(returnOf), upTo, more: upTo < end };
}

function callOf(fact: Fact): CallView[] {
  if (fact.kind !== "requestAsked" || !("key" in fact.operation)) return [];
  const { request: number, at, operation, server, client = 1 } = fact;
  const { key, op } = operation;
  return [{ number, client, at, text: operationText(operation), key, reads: op === "get", server }];
}

function returnOf(fact: Fact): ReturnView[] {
  if (fact.kind !== "requestAnswered" && fact.kind !== "requestGivenUp" && fact.kind !== "requestRefused") return [];
  const { request: number, at } = fact;
  if (fact.kind === "requestGivenUp") return [{ number, at, state: fact.untaken ? "failed" : "unknown", value: null }];
  if (fact.kind === "requestRefused") return [{ number, at, state: "failed", value: null }];
  return [{ number, at, state: "done", value: fact.value }];
}
