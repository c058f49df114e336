import { describe, expect, test } from "vitest";
import { History } from "../history/history.ts";
import { readAddress, writeAddress } from "./address.ts";
import { formatRecording } from "./format.ts";
import { keptRun } from "./kept.ts";
import { presets } from "./presets/index.ts";
import type { Recording } from "./recording.ts";

const figure8 = presets.find(({ id }) => id === "figure-8")!.recording;
const view = { ...figure8.view!, play: false };

/** Figure 8 with two more futures, as the page keeps it; the second is shown. */
function explored(): Recording {
  const history = new History(figure8.setup, figure8.actions, figure8.end);
  history.seek(figure8.end);
  for (const server of [2, 3]) {
    history.switchTo(0);
    history.seek(390_000);
    history.act({ do: "crash", server });
    history.advance(500_000);
  }
  const branches = history.branches.slice(1).map(({ label, parent, from, actions, reach }) => ({
    label,
    parent,
    from: from.at,
    actions,
    end: reach,
  }));
  return { ...figure8, branches, branch: 2, view };
}

/** The run that an address names, as the page wrote it on that branch. */
async function named(run: Recording, branch: number): Promise<Recording> {
  const actions = branch === 0 ? run.actions : run.branches[branch - 1]!.actions;
  const alone = { ...run, actions, branches: [], branch: 0 };
  const address = await writeAddress(
    alone,
    { ...view, at: 400_000 },
    { scenario: figure8, seen: false, hash: async () => "" },
  );
  const read = await readAddress(address, async () => figure8);
  if (!read.ok) throw new Error(read.problem.message);
  return read.value.recording;
}

describe("the run that was kept", () => {
  test("comes back with its branches, on the one and at the moment that the address names", async () => {
    const run = explored();
    for (const branch of [0, 1, 2]) {
      const back = keptRun(await named(run, branch), formatRecording(run));
      expect(back?.branch).toBe(branch);
      expect(back?.branches).toEqual(run.branches);
      expect(back?.actions).toEqual(run.actions);
      expect(back?.view?.at).toBe(400_000);
    }
  });

  test("is another one where acts, options or scenario differ, or it is none at all", async () => {
    const run = explored();
    const here = await named(run, 1);
    const { setup } = run;
    expect(keptRun({ ...here, actions: here.actions.slice(1) }, formatRecording(run))).toBeNull();
    expect(keptRun(here, formatRecording({ ...run, setup: { ...setup, seed: setup.seed + 1 } }))).toBeNull();
    expect(keptRun(here, formatRecording({ ...run, preset: "" }))).toBeNull();
    expect(keptRun(here, "{")).toBeNull();
  });
});
