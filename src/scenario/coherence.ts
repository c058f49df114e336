import { type ServerId, toMillis } from "../base/units.ts";
import type { Act, Action } from "../world/acts.ts";
import type { ServerSetup, Setup } from "../world/state/setup.ts";
import { serversOf } from "./acts.ts";
import { limits } from "./limits.ts";
import { endName } from "./names.ts";
import type { InputProblem, Recording } from "./recording.ts";

/** What no single field of a file can show: that servers, actions, branches and the view fit each other. */

/** Where a branch of the file leaves its parent. */
interface Joint {
  readonly parent: number;
  readonly shared: number;
}

export function coherenceProblem(recording: Recording): InputProblem | null {
  const { setup, actions } = recording;
  return serversProblem(setup.servers) ?? actionsProblem("actions", actions, setup) ?? viewProblem(recording);
}

function serversProblem(servers: readonly ServerSetup[]): InputProblem | null {
  if (servers.length === 0) return { field: "servers", message: "expected at least one server" };
  if (!servers.some(isVoter)) return { field: "servers", message: "expected at least one voter" };
  for (const [at, setup] of servers.entries()) {
    const problem = serverProblem(setup, at + 1, servers.length);
    if (problem !== null) return { field: `servers[${at}].${problem.field}`, message: problem.message };
  }
  return null;
}

const isVoter = ({ member = "voter" }: ServerSetup): boolean => member === "voter";

function serverProblem(setup: ServerSetup, id: ServerId, count: number): InputProblem | null {
  const { log, term, votedFor, commit } = setup;
  if (setup.id !== id)
    return { field: "id", message: `expected ${endName(id)}, found ${endName(setup.id)}: servers are listed in order` };
  const falls = log.findIndex((entryTerm, at) => entryTerm < (log[at - 1] ?? 0));
  if (falls >= 0) return { field: `log[${falls}]`, message: fallingTerm(log[falls], log[falls - 1]) };
  if ((log.at(-1) ?? 0) > term)
    return { field: "term", message: `expected at least ${log.at(-1)}, the last entry's term, found ${term}` };
  if (commit > log.length)
    return { field: "commit", message: `expected at most ${log.length}, the last index of the log, found ${commit}` };
  return votedFor > count ? missingServer("votedFor", votedFor, count) : null;
}

const fallingTerm = (term = 0, before = 0): string =>
  `expected a term that is not smaller than the one before, ${before}, found ${term}`;

function missingServer(field: string, id: ServerId, count: number): InputProblem {
  const there = count === 1 ? "there is only S1" : `there are only S1 to ${endName(count)}`;
  return { field, message: `there is no ${endName(id)}: ${there}` };
}

/** Looks at the actions from number `known` on, and says their places counted from there. */
function actionsProblem(field: string, actions: readonly Action[], setup: Setup, known = 0): InputProblem | null {
  for (let at = known; at < actions.length; at++) {
    const action = actions[at];
    const before = actions[at - 1];
    if (action === undefined) break;
    if (before !== undefined && action.at < before.at) {
      return {
        field: `${field}[${at - known}].atMs`,
        message: `expected at least ${toMillis(before.at)}, the time of the action above: actions are sorted; found ${toMillis(action.at)}`,
      };
    }
    const problem = strangerProblem(action.act, setup);
    if (problem !== null) return { field: `${field}[${at - known}].${problem.field}`, message: problem.message };
  }
  return null;
}

export function strangerProblem(act: Act, { servers, groups }: Setup): InputProblem | null {
  const stranger = serversOf(act).find(([, id]) => id > servers.length);
  if (stranger !== undefined) return missingServer(stranger[0], stranger[1], servers.length);
  const group = "group" in act ? (act.group ?? 1) : 1;
  return group <= groups ? null : { field: "group", message: `expected at most ${groups}, the number of groups` };
}

function viewProblem({ view, setup, branches }: Recording): InputProblem | null {
  if ((view?.told ?? 0) > branches.length)
    return { field: "view.told", message: `expected at most ${branches.length}, the number of branches` };
  const named = [...(view?.select ?? "").matchAll(/S([1-9])/g)].map((match) => Number(match[1]));
  const stranger = named.find((id) => id > setup.servers.length);
  if (stranger !== undefined) return missingServer("view.select", stranger, setup.servers.length);
  const { groups } = setup;
  return (view?.group ?? 1) <= groups
    ? null
    : { field: "view.group", message: `expected at most ${groups}, the number of groups` };
}

export function branchesProblem(recording: Recording, branches: readonly Joint[]): InputProblem | null {
  if (recording.branch > branches.length) return { field: "branch", message: `expected at most ${branches.length}` };
  for (const [at, json] of branches.entries()) {
    const problem = branchProblem(recording, at, json);
    if (problem !== null) return { field: `branches[${at}].${problem.field}`, message: problem.message };
  }
  return null;
}

function branchProblem(recording: Recording, at: number, json: Joint): InputProblem | null {
  const { parent, shared } = json;
  if (parent > at) return { field: "parent", message: `expected at most ${at}: a branch leaves an earlier one` };
  const available = lineOf(recording, parent).length;
  if (shared > available) return { field: "shared", message: `expected at most ${available}, its parent's actions` };
  const actions = lineOf(recording, at + 1);
  if (actions.length > limits.actions)
    return { field: "actions", message: `expected at most ${limits.actions} in all` };
  return actionsProblem("actions", actions, recording.setup, shared);
}

/** All actions of the recording's own line (0) or of the n-th branch. */
export function lineOf(recording: Recording, line: number): readonly Action[] {
  return line === 0 ? recording.actions : (recording.branches[line - 1]?.actions ?? []);
}
