import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createStore } from "zustand/vanilla";
import type { Frame } from "../worker/protocol/frame.ts";
import type { LabState } from "./lab.ts";
import { createLeader, createPaced, newTurns } from "./paced.ts";
import { emptyLab } from "./session/session.ts";

const frameAt = (at: number) => ({ position: { at, event: at } }) as Frame;

describe("a paced store", () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  function playing() {
    const lab = createStore<LabState>(() => ({ ...emptyLab, playing: true }));
    const paced = createLeader(lab, 100, newTurns());
    const seen: number[] = [];
    paced.subscribe((state) => seen.push(state.frame?.position.at ?? -1));
    return { lab, paced, seen, show: (at: number) => lab.setState({ frame: frameAt(at) }) };
  }

  test("takes one frame per pause while the run goes on, and the last one", () => {
    const { show, seen } = playing();
    for (let at = 0; at < 25; at++) {
      show(at);
      vi.advanceTimersByTime(10);
    }
    vi.advanceTimersByTime(100);
    expect(seen).toEqual([0, 9, 19, 24]);
  });

  /** A stage that leads and two panels, while `frames` new frames come: what was taken when. */
  function threeOf(frames: number, apart: number) {
    const lab = createStore<LabState>(() => ({ ...emptyLab, playing: true }));
    const turns = newTurns();
    const taken: { readonly panel: string; readonly at: number; readonly frame: number }[] = [];
    const note = (panel: string) => (state: LabState) =>
      taken.push({ panel, at: performance.now(), frame: state.frame?.position.at ?? -1 });
    createPaced(lab, 200, turns).subscribe(note("logs"));
    createPaced(lab, 240, turns).subscribe(note("inspector"));
    createLeader(lab, 45, turns).subscribe(note("stage"));
    for (let at = 0; at < frames; at++) {
      lab.setState({ frame: frameAt(at) });
      vi.advanceTimersByTime(apart);
    }
    return { of: (panel: string) => taken.filter((each) => each.panel === panel) };
  }

  test("a panel takes its state with one of the stage's, and no two panels with the same", () => {
    const { of } = threeOf(100, 10);
    const panels = [...of("logs"), ...of("inspector")].map(({ at }) => at);
    expect(of("stage").map(({ at }) => at)).toEqual(expect.arrayContaining(panels));
    expect(new Set(panels).size).toBe(panels.length);
    expect(of("logs")).toHaveLength(5);
    expect(of("inspector")).toHaveLength(4);
  });

  test("a panel whose turn comes late waits for the stage as long as that has something to show", () => {
    const lab = createStore<LabState>(() => ({ ...emptyLab, playing: true }));
    const turns = newTurns();
    const at = (list: number[]) => () => void list.push(performance.now());
    const [stage, panels]: [number[], number[]] = [[], []];
    for (const _ of [1, 2, 3, 4, 5]) createPaced(lab, 250, turns).subscribe(at(panels));
    createLeader(lab, 130, turns).subscribe(at(stage));
    for (let frame = 0; frame < 100; frame++) {
      lab.setState({ frame: frameAt(frame) });
      vi.advanceTimersByTime(20);
    }
    expect(panels.length).toBeGreaterThan(12);
    expect(stage).toEqual(expect.arrayContaining(panels));
  });

  test("a panel takes the last state also where the stage has nothing more to show", () => {
    const { of } = threeOf(3, 50);
    vi.advanceTimersByTime(400);
    expect(["stage", "logs", "inspector"].map((panel) => of(panel).at(-1)?.frame)).toEqual([2, 2, 2]);
  });

  test("where nothing leads, what is due is taken together", () => {
    const lab = createStore<LabState>(() => ({ ...emptyLab, playing: true }));
    const turns = newTurns();
    const taken: number[] = [];
    for (const pause of [100, 130]) createPaced(lab, pause, turns).subscribe(() => taken.push(performance.now()));
    const begun = performance.now();
    lab.setState({ frame: frameAt(0) });
    vi.advanceTimersByTime(150);
    lab.setState({ frame: frameAt(1) });
    vi.advanceTimersByTime(500);
    expect(taken.map((at) => at - begun)).toEqual([140, 140, 380, 380]);
  });

  test("takes what the user does at once", () => {
    const { lab, paced, show } = playing();
    show(1);
    show(2);
    expect(paced.getState().frame?.position.at).toBe(1);
    lab.setState({ selection: { kind: "server", id: 3 } });
    expect(paced.getState().selection).toEqual({ kind: "server", id: 3 });
    expect(paced.getState().frame?.position.at).toBe(2);
    lab.setState({ playing: false });
    show(3);
    expect(paced.getState().frame?.position.at).toBe(3);
  });
});
