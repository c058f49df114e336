import { type Embed, embedThemes } from "./embed.ts";
import type { LabState } from "./lab.ts";
import { onArrival, playFrom } from "./loop.ts";
import { page, usePage } from "./page.ts";
import { goBack, nextMove, playToNextStep, stepsOf, storyPlace } from "./story.ts";
import { lab, labState, onLab } from "./use-lab.ts";

/**
 * What crosses to the page that holds the frame, and back. README, "In a slide or a page", is its documentation: what
 * stands here once stands in other people's pages for ever.
 */
export type HostCommand =
  | { readonly do: "next" | "previous" | "play" | "pause" }
  /** Seconds of virtual time. */
  | { readonly do: "goto"; readonly at: number }
  /** Counted from 1. */
  | { readonly do: "goto"; readonly step: number }
  | { readonly do: "theme"; readonly theme: "light" | "dark" };

export type HostEvent =
  | { readonly event: "ready" }
  | {
      readonly event: "moment";
      readonly at: number;
      /** Counted from 1; 0: before the first, or there are none. */
      readonly step: number;
      readonly steps: number;
      readonly playing: boolean;
    }
  /** A key of the host that was pressed in the frame. `used`: the frame has done something by it. */
  | { readonly event: "key"; readonly key: HostKey; readonly used: boolean };

const hostKeys = ["PageDown", "PageUp", "Escape"] as const;
type HostKey = (typeof hostKeys)[number];

/** A command, or null: nobody knows what was meant. */
export function readCommand(data: unknown): HostCommand | null {
  if (typeof data !== "object" || data === null) return null;
  const { to, do: what, at, step, theme } = data as Readonly<Record<string, unknown>>;
  if (to !== "driftwood") return null;
  if (what === "next" || what === "previous" || what === "play" || what === "pause") return { do: what };
  if (what === "goto" && typeof at === "number" && at >= 0 && at <= 1e6) return { do: what, at };
  if (what === "goto" && Number.isSafeInteger(step)) return { do: what, step: step as number };
  const named = embedThemes.find((each) => each === theme);
  return what === "theme" && (named === "light" || named === "dark") ? { do: what, theme: named } : null;
}

/** More commands a second than this are nobody's presses. */
const commandsMost = 20;

/**
 * In a frame: does what the host says, tells it what is shown, and hands it the keys that a slide needs. Only the window
 * that holds the frame is heard, and only from the origin that the address names, if it names one.
 */
export function serveHost(embed: Embed, now: () => number): void {
  const heard: number[] = [];
  window.addEventListener("message", (event) => {
    if (event.source !== window.parent || (embed.host !== null && event.origin !== embed.host)) return;
    const command = readCommand(event.data);
    if (command === null) return;
    while (heard.length > 0 && heard[0]! < now() - 1000) heard.shift();
    if (heard.length >= commandsMost) return;
    heard.push(now());
    obey(command);
  });
  window.addEventListener("keydown", (event) => passOn(event, embed), true);
  stayWithin(embed);
  tellMoments(embed);
}

/** Nothing that is told is secret: it is what the frame shows. */
const tell = ({ host }: Embed, event: HostEvent): void =>
  window.parent.postMessage({ from: "driftwood", ...event }, host ?? "*");

function obey(command: HostCommand): void {
  const state = labState();
  switch (command.do) {
    case "next":
      return onward(state, 1);
    case "previous":
      return onward(state, -1);
    case "play":
      return lab.play();
    case "pause":
      return lab.pause();
    case "goto": {
      if ("step" in command && state.info?.lesson !== undefined) return void goToLessonStep(state, command.step);
      const at = "at" in command ? Math.round(command.at * 1_000_000) : stepsOf(state)[command.step - 1]?.at;
      if (at === undefined) return;
      // What is said last counts: a long way somewhere else does not hold it up.
      if (state.working?.kind === "seek") lab.cancel();
      lab.pause();
      return lab.seek(at);
    }
    case "theme":
      return page.wearTheme(command.theme);
  }
}

/** Of a lesson the frame shows each step as it begins: what a step asks and has one do is for the page itself. */
export function goToLessonStep({ info }: LabState, step: number): boolean {
  const lesson = info?.lesson;
  if (lesson?.steps[step - 1] === undefined) return false;
  lab.open({ from: "lesson", id: lesson.id, step });
  return true;
}

function onward(state: LabState, direction: 1 | -1): void {
  const lesson = state.info?.lesson;
  if (lesson !== undefined) goToLessonStep(state, lesson.step + direction);
  else if (direction > 0) playToNextStep(state);
  else goBack(state);
}

/** The frame has the keyboard once somebody has clicked in it; the slides around it must not lose theirs. */
function passOn(event: KeyboardEvent, embed: Embed): void {
  const key = hostKeys.find((each) => each === event.key);
  if (key === undefined || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
  const state = labState();
  tell(embed, { event: "key", key, used: uses(key, state) });
  if (key === "Escape" || state.info?.lesson === undefined || usePage.getState().dialog !== null) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  onward(state, key === "PageDown" ? 1 : -1);
}

function uses(key: HostKey, state: LabState): boolean {
  const { dialog } = usePage.getState();
  if (key === "Escape") return dialog !== null || state.selection !== null;
  if (dialog !== null) return true;
  const lesson = state.info?.lesson;
  if (lesson !== undefined) return lesson.steps[lesson.step - (key === "PageDown" ? 0 : 2)] !== undefined;
  if (key === "PageDown") return nextMove(state).kind !== "none";
  const first = stepsOf(state)[0];
  return first !== undefined && (state.frame?.position.at ?? 0) > first.at;
}

/** Plays no further than to the end of the stretch, and from its beginning again where it is to loop. */
function stayWithin({ from, to, loop }: Embed): void {
  if (from !== null) lab.seek(from);
  if (to === null) return;
  onLab(() => {
    const { playing, until, frame } = labState();
    // A step of the story may come first.
    if (!playing || frame === null || (until !== null && until <= to)) return;
    if (frame.position.at < to) lab.playTo(to);
  });
  if (loop) onArrival(to, () => playFrom({ from: from ?? 0, to }));
}

function tellMoments(embed: Embed): void {
  tell(embed, { event: "ready" });
  let told = "";
  const look = () => {
    const state = labState();
    const { frame, playing } = state;
    if (frame === null) return;
    const lesson = state.info?.lesson;
    const place = storyPlace(state);
    const step = lesson?.step ?? ("step" in place ? place.step + 1 : 0);
    // While time passes, each step; where it stands, each moment.
    const shown = playing ? `${step}` : `${step} ${frame.position.at} ${frame.position.event}`;
    if (shown === told) return;
    told = shown;
    const at = frame.position.at / 1_000_000;
    tell(embed, { event: "moment", at, step, steps: (lesson?.steps ?? stepsOf(state)).length, playing });
  };
  onLab(look);
  look();
}
