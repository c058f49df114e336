import { type CSSProperties, type ReactElement, useMemo } from "react";
import { nameOf } from "../../store/server-names.ts";
import { usePanelLab } from "../../store/use-lab.ts";
import type { ServerView } from "../../worker/protocol/server.ts";
import { Crown } from "../kit/crown.tsx";
import { cellState, commandIn, describeCell } from "../kit/log/cells.ts";
import { type LogWindow, restWords, windowOf } from "../kit/log/window.ts";
import { termFill } from "../kit/term-fill.ts";
import "./log-table.css";

const none: readonly ServerView[] = [];

/** Every server's newest entries: filled is committed, hatched is not, dashed is not on disk; the figure is the term. */
export function LogTable(): ReactElement {
  const servers = usePanelLab("logs", (state) => state.frame?.servers) ?? none;
  const shown = useMemo(() => windowOf(servers), [servers]);
  const { rows, indices } = shown;
  const width = { "--columns": indices.length } as CSSProperties;
  return (
    <section className="present-logs" aria-label="Logs" style={width} data-many={indices.length > 6 || undefined}>
      <table>
        <thead>
          <tr>
            <td />
            {indices.map((index) => (
              <th key={index} scope="col">
                {index}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((server) => (
            <Row key={server.id} server={server} indices={indices} />
          ))}
        </tbody>
      </table>
      <p className="present-more">{restWords(shown)}</p>
    </section>
  );
}

function Row({
  server,
  indices,
}: {
  readonly server: ServerView;
  readonly indices: LogWindow["indices"];
}): ReactElement {
  const leads = server.role === "leader" && server.status !== "down";
  return (
    <tr data-down={server.status === "down" || undefined}>
      <th scope="row">
        {nameOf(server.id)}
        {leads && <Crown size={26} />}
      </th>
      {indices.map((index) => {
        const state = cellState(server, index);
        const empty = index > server.lastIndex || (state === null && index > server.base);
        if (empty) return <td key={index} className="present-cell" />;
        const kept = index <= server.base;
        return (
          <td
            key={index}
            className="present-cell"
            aria-label={describeCell(server, index)}
            data-state={
              kept || state?.committed
                ? "committed"
                : state?.commitUntold
                  ? "untold"
                  : state?.durable
                    ? "stored"
                    : "written"
            }
            style={{ "--fill": termFill(state?.term ?? server.baseTerm) } as CSSProperties}
          >
            <span className="present-term">{kept ? "" : state?.term}</span>
            <span className="present-command">{commandIn(state?.text ?? "", 6)}</span>
          </td>
        );
      })}
    </tr>
  );
}
