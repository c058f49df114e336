import { lazy, Suspense } from "react";
import { type DialogName, usePage } from "../../store/page.ts";

/** Each dialog is loaded when it is first opened. */
const dialogs: Readonly<Record<DialogName, ReturnType<typeof lazy>>> = {
  scenarios: lazy(async () => ({ default: (await import("../scenarios/scenarios.tsx")).Scenarios })),
  share: lazy(async () => ({ default: (await import("../share/share.tsx")).Share })),
  help: lazy(async () => ({ default: (await import("../help/help.tsx")).Help })),
  settings: lazy(async () => ({ default: (await import("../settings/settings.tsx")).Settings })),
  palette: lazy(async () => ({ default: (await import("../palette/palette.tsx")).Palette })),
  clock: lazy(async () => ({ default: (await import("../faults/clock-form.tsx")).ClockForm })),
  members: lazy(async () => ({ default: (await import("../members/members.tsx")).MembersForm })),
  bugs: lazy(async () => ({ default: (await import("../bugs/bugs.tsx")).Bugs })),
  fault: lazy(async () => ({ default: (await import("../faults/fault-form.tsx")).FaultForm })),
  nemesis: lazy(async () => ({ default: (await import("../faults/nemesis-form.tsx")).NemesisForm })),
  search: lazy(async () => ({ default: (await import("../search/search.tsx")).SearchDialog })),
  load: lazy(async () => ({ default: (await import("../clients/load-form.tsx")).LoadForm })),
  request: lazy(async () => ({ default: (await import("../clients/request-form.tsx")).RequestForm })),
};

/** The dialog that is open, if one is. */
export function Dialogs() {
  const open = usePage((state) => state.dialog);
  if (open === null) return null;
  const Open = dialogs[open];
  return (
    <Suspense fallback={null}>
      <Open />
    </Suspense>
  );
}
