import { experiment, experimentState, openExperimentNamed, openHanded } from "../../store/experiment/use-experiment.ts";
import { page } from "../../store/page.ts";

/** What is open, and what the address calls it. */

/** The name of what is open, or on its way: what is open already is not opened again, and keeps what came of it. */
let opened: string | null = null;
/** What an address says of one that comes of the run on the page or of a file, until it has a name of its own. */
const nameless = ["run", "file"] as const;
type Nameless = (typeof nameless)[number];

/** The address has that name. */
export function follow(name: string): void {
  if (name === opened) return;
  opened = name;
  if (isNameless(name)) openHanded(name);
  else void openExperimentNamed(name);
}

/** The run has become an experiment: from now on the address carries the whole of it. */
export function nameIt(): void {
  const { view } = experimentState();
  if (view === null) return;
  opened = `~${view.payload}`;
  page.openExperiment(opened);
}
export const isNameless = (name: string): name is Nameless => nameless.some((each) => each === name);

/** Another one in its place, as JSON or as text. True: it could be read. */
export async function change(next: unknown): Promise<boolean> {
  await experiment.open({ from: "text", text: typeof next === "string" ? next : JSON.stringify(next) });
  if (experimentState().problem !== null) return false;
  nameIt();
  return true;
}
