import type { ReactElement } from "react";
import type { Frame } from "../../worker/protocol/frame.ts";
import { cellState, commandIn } from "../kit/log/cells.ts";
import { windowOf } from "../kit/log/window.ts";

/** With more columns a cell has room for its term alone. */
const wordedMost = 5;

/** Logs in black and white: a cell is grey where its server knows that it is committed; the figure is the term. */
export function Logs({ frame }: { readonly frame: Frame }): ReactElement | null {
  const { rows, indices } = windowOf(frame.servers);
  if (rows.every(({ lastIndex }) => lastIndex === 0)) return null;
  return (
    <table className="handout-logs">
      <thead>
        <tr>
          <td />
          {indices.map((index) => (
            <th key={index}>{index}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((server) => (
          <tr key={server.id}>
            <th>S{server.id}</th>
            {indices.map((index) => {
              const state = cellState(server, index);
              const kept = index <= server.base;
              return (
                <td
                  key={index}
                  data-state={kept || state?.committed ? "committed" : state === null ? "none" : "stored"}
                >
                  {state === null ? "" : `${state.term} ${commandIn(state.text, indices.length <= wordedMost ? 5 : 0)}`}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
