import { type ComponentType, useEffect } from "react";
import { dialogIsThere } from "../../store/keyboard.ts";
import { type DialogName, page, usePage } from "../../store/page.ts";
import { loadPresets } from "../../store/presets.ts";
import { Late, lazyPart } from "../kit/lazy.tsx";

const dialog = (name: string, load: () => Promise<ComponentType>) => lazyPart(name, load, page.closeDialog);

async function loadScenarios() {
  const [{ Scenarios }] = await Promise.all([import("../scenarios/scenarios.tsx"), loadPresets()]);
  return Scenarios;
}

/** It draws two stages beside each other. */
async function loadCompare() {
  const [{ Compare }, { StillStage }] = await Promise.all([
    import("../compare/compare.tsx"),
    import("../cluster/still-stage.tsx"),
  ]);
  return () => <Compare Stage={StillStage} />;
}

/** Each dialog is loaded when it is first opened. */
const dialogs: Readonly<Record<DialogName, ComponentType>> = {
  scenarios: dialog("list of scenarios", loadScenarios),
  learn: dialog("list of lessons", async () => (await import("../learn/learn.tsx")).Learn),
  quiz: dialog("questions", async () => (await import("../quiz/quiz.tsx")).QuizDialog),
  predictions: dialog("predictions", async () => (await import("../quiz/predictions.tsx")).PredictionsDialog),
  share: dialog("dialog for sharing", async () => (await import("../share/share.tsx")).Share),
  export: dialog("dialog for exports", async () => (await import("../share/export.tsx")).Export),
  help: dialog("sheet of keys", async () => (await import("../help/help.tsx")).Help),
  settings: dialog("settings", async () => (await import("../settings/settings.tsx")).Settings),
  palette: dialog("list of actions", async () => (await import("../palette/palette.tsx")).Palette),
  clock: dialog("form for clocks", async () => (await import("../faults/clock-form.tsx")).ClockForm),
  members: dialog("form for members", async () => (await import("../members/members.tsx")).MembersForm),
  options: dialog("form for options", async () => (await import("../options/options-form.tsx")).OptionsForm),
  bugs: dialog("list of rules", async () => (await import("../bugs/bugs.tsx")).Bugs),
  fault: dialog("form for faults", async () => (await import("../faults/fault-form.tsx")).FaultForm),
  nemesis: dialog("form for nemeses", async () => (await import("../faults/nemesis-form.tsx")).NemesisForm),
  again: dialog("comparison", async () => (await import("../again/again.tsx")).AgainDialog),
  until: dialog("field for conditions", async () => (await import("../until/until.tsx")).UntilDialog),
  compare: dialog("comparison side by side", loadCompare),
  branches: dialog("list of branches", async () => (await import("../branches/branches.tsx")).BranchesDialog),
  outlook: dialog("outlook", async () => (await import("../outlook/outlook.tsx")).OutlookDialog),
  acts: dialog("list of acts", async () => (await import("../acts/acts.tsx")).ActsDialog),
  steps: dialog("form for steps", async () => (await import("../story/steps-form.tsx")).StepsForm),
  told: dialog("what was read", async () => (await import("../told/told.tsx")).Told),
  "open-log": dialog("place for logs", async () => (await import("../told/open-log.tsx")).OpenLog),
  search: dialog("search", async () => (await import("../search/search.tsx")).SearchDialog),
  load: dialog("form for loads", async () => (await import("../clients/load-form.tsx")).LoadForm),
  request: dialog("form for commands", async () => (await import("../clients/request-form.tsx")).RequestForm),
};

/** The dialog that is open, if one is. */
export function Dialogs() {
  const open = usePage((state) => state.dialog);
  if (open === null) return null;
  const Open = dialogs[open];
  return (
    <Late>
      <Open />
      <Arrival key={open} dialog={open} />
    </Late>
  );
}

/** Comes when the dialog beside it does: what was typed meanwhile is waiting for it. */
function Arrival({ dialog }: { readonly dialog: DialogName }) {
  useEffect(() => dialogIsThere(dialog), [dialog]);
  return null;
}
