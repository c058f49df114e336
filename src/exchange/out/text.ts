import { sentence } from "../../explain/sentence.ts";
import { eventLine } from "../../report/events.ts";
import type { Exporter } from "./exporter.ts";
import { charactersMost, cutAt, Lines } from "./lines.ts";
import { walk } from "./walk.ts";

export const tooLong = `A text of more than ${charactersMost / 1_000_000} million characters is too much`;

/** What happened, in sentences: what goes on all the time is left out, and the first line says so. */
export const text: Exporter = {
  name: "text",
  title: "The story in words",
  purpose: "What happened, a sentence a line, to be read, quoted or searched.",
  group: "people",
  ending: ".txt",
  type: "text/plain",
  *write(run, range) {
    const lines = new Lines();
    let routine = 0;
    const { to, whole } = yield* walk(run, range, {
      fact: (fact) => {
        const told = sentence(fact);
        if (told.routine) routine++;
        else lines.add(eventLine(fact, told));
      },
      full: () => lines.full,
    });
    const cut = whole ? "" : cutAt(to, tooLong);
    const { servers, groups, seed } = run.setup;
    const of = groups === 1 ? "" : `, ${groups} groups`;
    const head = `${servers.length} servers${of}, seed ${seed}. ${routine} things that happen all the time (heartbeats, timers, messages) are left out.`;
    return { text: `${head}\n${lines.text()}${cut === "" ? "" : `${cut}\n`}`, cut };
  },
};
