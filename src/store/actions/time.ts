import { FastForward, Play, Rewind, SkipBack, SkipForward, StepBack, StepForward } from "lucide-react";
import { inLesson } from "../in-lesson.ts";
import type { LabState } from "../lab.ts";
import { loopNow } from "../looped.ts";
import { nextSpeed } from "../speed.ts";
import { nearStep, stopsAtSteps } from "../story.ts";
import { lab } from "../use-lab.ts";
import { noRun, rowsOn } from "./row.ts";

const atStart = (_: unknown, state: LabState) =>
  state.frame === null || state.frame.position.event > 0 || state.frame.position.at > 0 ? null : "this is the start";

function setPlaying(state: LabState): void {
  if (state.playing) return lab.pause();
  if (inLesson() !== null) return lab.play();
  const stop = loopNow() === null && stopsAtSteps(state) ? nearStep(state, 1) : undefined;
  if (stop === undefined) lab.play();
  else lab.playTo(stop.at);
}

export const timeRows = rowsOn<null>("page", [
  {
    id: "play",
    label: (_, state) => (state.playing ? "Pause" : "Play"),
    about: "Play or pause",
    group: "Time",
    hotkey: "Space",
    icon: Play,
    refuse: noRun,
    run: (_, state) => setPlaying(state),
  },
  {
    id: "step-forward",
    label: "Step to the next event",
    group: "Time",
    hotkey: ".",
    alias: "ArrowRight",
    icon: StepForward,
    refuse: noRun,
    run: () => lab.step(1),
  },
  {
    id: "step-back",
    label: "Step back one event",
    group: "Time",
    hotkey: ",",
    alias: "ArrowLeft",
    icon: StepBack,
    refuse: atStart,
    run: () => lab.step(-1),
  },
  {
    id: "slower",
    label: "Slower",
    group: "Time",
    hotkey: "<",
    icon: Rewind,
    run: (_, s) => lab.setSpeed(nextSpeed(s.pace.speed, -1)),
  },
  {
    id: "faster",
    label: "Faster",
    group: "Time",
    hotkey: ">",
    icon: FastForward,
    run: (_, s) => lab.setSpeed(nextSpeed(s.pace.speed, 1)),
  },
  {
    id: "start",
    label: "Go to the start",
    group: "Time",
    hotkey: "Home",
    icon: SkipBack,
    refuse: atStart,
    run: () => lab.seek(0),
  },
  {
    id: "live",
    label: "Go to the newest moment",
    group: "Time",
    hotkey: "End",
    icon: SkipForward,
    refuse: noRun,
    run: () => lab.live(),
  },
]);
