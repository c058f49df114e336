import type { ReactElement } from "react";
import { useLab } from "../../store/use-lab.ts";
import { termFill } from "../kit/term-fill.ts";

/** What another program calls a line, with a mark in a colour of its own: six of them, over and over. */
export function Topic({ name }: { readonly name: string }): ReactElement {
  const place = useLab(({ info }) => info?.told?.topics.indexOf(name) ?? -1);
  return (
    <span className="events-topic">
      <span style={{ background: termFill(place + 1) }} />
      {name}
    </span>
  );
}
