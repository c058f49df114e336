import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createStore } from "zustand/vanilla";
import type { Frame } from "../worker/protocol/frame.ts";
import type { LabState } from "./lab.ts";
import { createPaced } from "./paced.ts";
import { emptyLab } from "./session/session.ts";

const frameAt = (at: number) => ({ position: { at, event: at } }) as Frame;

describe("a paced store", () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  function playing() {
    const lab = createStore<LabState>(() => ({ ...emptyLab, playing: true }));
    const paced = createPaced(lab, 100, { takenAt: Number.NEGATIVE_INFINITY });
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

  test("panels take turns: no two of them draw for the same animation frame", () => {
    const lab = createStore<LabState>(() => ({ ...emptyLab, playing: true }));
    const turns = { takenAt: Number.NEGATIVE_INFINITY };
    const taken: { readonly panel: string; readonly at: number }[] = [];
    for (const [panel, pause] of [
      ["logs", 100],
      ["inspector", 100],
    ] as const)
      createPaced(lab, pause, turns).subscribe(() => taken.push({ panel, at: performance.now() }));
    for (let at = 0; at < 100; at++) {
      lab.setState({ frame: frameAt(at) });
      vi.advanceTimersByTime(10);
    }
    const gaps = taken.slice(1).map(({ at }, i) => at - taken[i]!.at);
    expect(Math.min(...gaps)).toBeGreaterThan(17);
    for (const panel of ["logs", "inspector"])
      expect(taken.filter((each) => each.panel === panel).length).toBeGreaterThan(8);
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
