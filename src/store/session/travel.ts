import { type Micros, microsPerSecond } from "../../base/units.ts";
import { refName } from "../../scenario/names.ts";
import type { Frame } from "../../worker/protocol/frame.ts";
import type { LabCommands } from "../lab.ts";
import type { Asks, Ground } from "./asks.ts";

/** The commands that lead to another moment. */
type Travel = Pick<
  LabCommands,
  | "seek"
  | "step"
  | "jump"
  | "runUntil"
  | "live"
  | "visit"
  | "visitMessage"
  | "switchBranch"
  | "go"
  | "undo"
  | "finishWrites"
>;

/** One finished write may lead to the next; so many at most. */
const writesInARow = 20;

/** When the first write that is under way is done; null if there is none or the run has ended. */
function nextWriteDone(frame: Frame | null): Micros | null {
  if (frame === null || frame.violation !== null || frame.stopped !== null) return null;
  const times = frame.servers.flatMap(({ disk }) => (disk.doneAt === null ? [] : [disk.doneAt]));
  return times.length === 0 ? null : Math.min(...times);
}

const secondsText = (time: Micros): string => `${time / microsPerSecond} s`;
const jumpNames = { 1: "later", [-1]: "earlier" } as const;

/** `changed` hears when another branch is the run's own. */
export function createTravel({ store, notices }: Ground, asks: Asks, pause: () => void, changed: () => void): Travel {
  const { enqueue } = asks;
  const frame = () => store.getState().frame;
  const seek = asks.newest<Micros>(async ({ move }, to) => void (await move("seek", { to }, "jump")));

  return {
    seek: (to) => seek(Math.max(0, Math.round(to))),
    step(direction) {
      pause();
      enqueue(async ({ move }) => void (await move("step", { direction }, "jump")));
    },
    jump(mark, direction) {
      pause();
      enqueue(async ({ move }) => {
        const outcome = await move("jump", { mark, direction }, "jump");
        if (outcome.kind === "answer" && !outcome.answer.found)
          notices.notify(`There is no ${jumpNames[direction]} ${mark} nearby.`);
      });
    },
    runUntil(condition, within) {
      pause();
      enqueue(async ({ move }) => {
        const group = frame()?.group ?? 1;
        const outcome = await move("until", { condition, group, within }, "jump");
        if (outcome.kind !== "answer") return;
        const { found, frame: shown } = outcome.answer;
        // Where the run has stopped nothing more comes.
        const over = shown.violation !== null || shown.stopped !== null;
        const looked = over ? "The run has stopped here." : `Looked ${secondsText(within)} ahead.`;
        if (!found) notices.notify(`“${condition}” does not come true. ${looked}`);
      });
    },
    live() {
      enqueue(async ({ move }) => {
        const end = frame()?.end.at;
        if (end !== undefined) await move("seek", { to: end }, "jump");
      });
    },
    visit(event) {
      pause();
      enqueue(async ({ move }) => void (await move("visit", { event }, "jump")));
    },
    visitMessage(event, ref) {
      pause();
      enqueue(async ({ move }) => {
        await move("visit", { event }, "jump");
        store.setState({ selection: { kind: "message", id: refName(ref), ref } });
      });
    },
    switchBranch(branch) {
      enqueue(async ({ move }) => {
        await move("branch", { branch }, "jump");
        changed();
      });
    },
    go(branch, event) {
      pause();
      enqueue(async ({ move }) => {
        if (frame()?.branch !== branch) await move("branch", { branch }, "jump");
        await move("visit", { event }, "jump");
      });
    },
    undo() {
      pause();
      enqueue(async ({ move, ask }) => {
        const outcome = await ask("explore", {});
        const event = outcome.kind === "answer" ? (outcome.answer.graph?.undo ?? null) : null;
        if (event !== null) await move("visit", { event }, "jump");
      });
    },
    finishWrites() {
      enqueue(async ({ move }) => {
        for (let tries = 0; tries < writesInARow; tries++) {
          const to = nextWriteDone(frame());
          if (to === null) return;
          await move("advance", { to }, "jump");
        }
      });
    },
  };
}
