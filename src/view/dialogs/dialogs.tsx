import { lazy, Suspense } from "react";
import { type DialogName, usePage } from "../../store/page.ts";

/** Each dialog is loaded when it is first opened. */
const dialogs: Readonly<Record<DialogName, ReturnType<typeof lazy>>> = {
  scenarios: lazy(async () => ({ default: (await import("./scenarios.tsx")).Scenarios })),
  share: lazy(async () => ({ default: (await import("./share.tsx")).Share })),
  help: lazy(async () => ({ default: (await import("./help.tsx")).Help })),
  settings: lazy(async () => ({ default: (await import("./settings.tsx")).Settings })),
  palette: lazy(async () => ({ default: (await import("./palette.tsx")).Palette })),
  clock: lazy(async () => ({ default: (await import("./clock.tsx")).ClockForm })),
  members: lazy(async () => ({ default: (await import("./members.tsx")).MembersForm })),
  bugs: lazy(async () => ({ default: (await import("./bugs.tsx")).Bugs })),
  fault: lazy(async () => ({ default: (await import("../faults/fault-form.tsx")).FaultForm })),
  nemesis: lazy(async () => ({ default: (await import("../faults/nemesis-form.tsx")).NemesisForm })),
  search: lazy(async () => ({ default: (await import("./search.tsx")).SearchDialog })),
  load: lazy(async () => ({ default: (await import("../clients/load-form.tsx")).LoadForm })),
  request: lazy(async () => ({ default: (await import("./request.tsx")).RequestForm })),
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
