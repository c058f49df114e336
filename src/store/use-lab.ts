import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import { notingDeeds } from "./deeds.ts";
import type { Clock, LabCommands, LabState } from "./lab.ts";
import { afterLeader, createLeader, createPaced, newTurns, takeTurns, waiting } from "./paced.ts";
import { createSession, emptyLab } from "./session/session.ts";

/** The one run of this page. Importing it starts nothing: `main.tsx` does. */
const store = createStore<LabState>(() => emptyLab);
export const session = createSession(store);

/**
 * Pauses in milliseconds: with each of its states the stage takes one panel along, and three of its pauses are longer
 * than a panel's own. So they take turns, and the page is painted no more often than the stage. No panel is 550 ms late.
 */
const pauses = { stage: 130, panel: 250 } as const;
const turns = newTurns();
const texts = {
  logs: createPaced(store, pauses.panel, turns),
  timeline: createPaced(store, pauses.panel, turns),
  inspector: createPaced(store, pauses.panel, turns),
} as const;
export type Panel = keyof typeof texts;
// The marks on the stage: what moves among them is painted, frame by frame.
const panels = { ...texts, stage: createLeader(store, pauses.stage, turns) } as const;

/**
 * Subscribes a component to a part of the state; keep selectors narrow, parts keep their identity while equal. While the
 * run goes on by itself it comes with the stage's states, some eight times a second; what the user does arrives at once.
 */
export function useLab<T>(selector: (state: LabState) => T): T {
  return useStore(panels.stage, selector);
}

/** As `useLab`, for a panel that is read rather than watched: some three times a second while the run plays. */
export function usePanelLab<T>(panel: keyof typeof panels, selector: (state: LabState) => T): T {
  return useStore(panels[panel], selector);
}

/** All panels show the newest state. While the run plays they seldom do. */
export const panelsRest = (): boolean => Object.values(panels).every((panel) => panel.getState() === store.getState());

/** Calls `listener` after every new state of the panel: what it changes then is painted together with it. */
export const onPanel = (panel: Panel, listener: () => void): (() => void) => texts[panel].subscribe(listener);

/**
 * Calls `change` with the next state of the stage or of a panel, so that the page is painted once for both; at once while
 * time stands. Returns what takes it back.
 */
export function withPainting(change: () => void): () => void {
  const sign = Symbol();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let leave: readonly (() => void)[] = [];
  const forget = (): void => {
    waiting.delete(sign);
    clearTimeout(timer);
    for (const each of leave) each();
  };
  const now = (): void => {
    forget();
    change();
  };
  if (!store.getState().playing) {
    change();
    return forget;
  }
  waiting.add(sign);
  leave = Object.values(panels).map((panel) => panel.subscribe(now));
  timer = setTimeout(now, pauses.stage);
  return forget;
}

/**
 * Calls `change` after so many milliseconds, as soon as the stage is not about to come with its next state; panels that are
 * due take theirs with it. Returns what takes it back.
 */
export const paintAlone = (millis: number, change: () => void): (() => void) =>
  afterLeader(turns, millis, () => {
    change();
    takeTurns(turns);
  });

/** The state right now, for event handlers and animation loops. */
export const labState = (): LabState => store.getState();

/** Calls `listener` after every change of the state. */
export const onLab = (listener: () => void) => store.subscribe(listener);

/** Calls `then` once, as soon as `ready` holds: now, or with the change that makes it so. */
export function whenLab(ready: (state: LabState) => boolean, then: () => void): void {
  if (ready(store.getState())) return then();
  const stop = store.subscribe((state) => {
    if (!ready(state)) return;
    stop();
    then();
  });
}

/** What the user can ask for: returns at once, the outcome arrives as state. */
export const lab: LabCommands = notingDeeds(session.commands, labState);

/** Everybody's commands are these from now on, until the function that it returns is called. */
export function takeOver(change: (commands: LabCommands) => LabCommands): () => void {
  const own = { ...lab };
  Object.assign(lab, change(own));
  return () => void Object.assign(lab, own);
}

/** The virtual time to draw now, in microseconds; a fraction while playing. It passes while nobody looks. */
export const clock: Clock = session.clock;

/** Rows of the feed, newest first; null if the worker cannot answer now. */
export const feed = session.feed;

/** What may happen next, and the states visited by hand; null if the worker cannot answer now. */
export const explore = session.explore;

/** What clients asked and were told, in the order of their calls; null if the worker cannot answer now. */
export const clientHistory = session.history;

/** What is watched, and what broke it; null if the worker cannot answer now. */
export const verdict = session.verdict;

/** The rules that a server follows, and how often it has; null if the worker cannot answer now. */
export const ruleSheet = session.sheet;

/**
 * Why something is as it is, what led to an event, how a thing came about (`worker/protocol/why.ts`); null if the worker
 * cannot answer now.
 */
export const { why: whyOf, causes: causesOf, story: storyOf } = session;

/** Every fault that there is, as data for forms; null if the worker cannot answer now. */
export const faultCatalogue = session.faults;

/** A stretch of the run as a space-time diagram; null if the worker cannot answer now. */
export const diagram = session.diagram;

/** A stretch of the run as a monitoring system would show it; null if the worker cannot answer now. */
export const metrics = session.metrics;
