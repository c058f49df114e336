import type { InLesson } from "../in-lesson.ts";
import type { LabCommands, LabState } from "../lab.ts";

/** The same commands, where a lesson has a say: whatever leads on in time waits for an answer. */
export function guarded(commands: LabCommands, state: () => LabState, takes: InLesson["takes"]): LabCommands {
  const onward =
    <A extends readonly unknown[]>(go: (...args: A) => void, leadsOn: (...args: A) => boolean = () => true) =>
    (...args: A): void => {
      if (!leadsOn(...args) || !takes("onward")) go(...args);
    };
  const now = () => state().frame?.position;
  return {
    ...commands,
    play: () => void (takes("play") || commands.play()),
    playTo: onward(commands.playTo),
    seek: onward(commands.seek, (to) => to > (now()?.at ?? 0)),
    visit: onward(commands.visit, (event) => event > (now()?.event ?? 0)),
    step: onward(commands.step, (direction) => direction > 0),
    jump: onward(commands.jump, (_, direction) => direction > 0),
    runUntil: onward(commands.runUntil),
    live: onward(commands.live),
    finishWrites: onward(commands.finishWrites),
  };
}
