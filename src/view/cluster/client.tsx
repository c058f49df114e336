import { memo, type ReactElement } from "react";
import type { RequestView } from "../../worker/protocol/clients.ts";
import type { Frame } from "../../worker/protocol/frame.ts";
import { fitText } from "./label-words.ts";
import type { StageLayout } from "./places.ts";

interface Props {
  readonly layout: StageLayout;
  /** Those of the group that is shown. */
  readonly requests: Frame["requests"];
  readonly loadPerSecond: number;
}

/** The client: a box, and its newest requests in words. */
export const ClientMark = memo(function ClientMark({ layout, requests, loadPerSecond }: Props): ReactElement {
  const { client, caption, narrow, scale } = layout;
  const loaded = loadPerSecond > 0 && !narrow;
  const lines = newest(requests, narrow || loaded ? 1 : 2);
  return (
    <g className="stage-client" data-tip="The client: it sends requests to the servers and waits for their answers.">
      <rect x={client.x} y={client.y} width={client.width} height={client.height} rx={8} />
      <g transform={`translate(${client.x + client.width / 2} ${client.y + client.height / 2}) scale(${scale})`}>
        <text y={4.5} textAnchor="middle">
          client
        </text>
      </g>
      <g transform={`translate(${caption.x} ${caption.y}) scale(${scale})`}>
        {loaded && (
          <text className="stage-request" y={lineAt(0)}>
            asks {loadPerSecond} times a second
          </text>
        )}
        {lines.map((request, i) => (
          <text
            // biome-ignore lint/suspicious/noArrayIndexKey: a line stays where it is, and says something else
            key={i}
            className="stage-request"
            data-state={request.state}
            y={lineAt(loaded ? i + 1 : i)}
          >
            {fitText(request.summary, caption.width / scale)}
          </text>
        ))}
      </g>
    </g>
  );
});

const lineAt = (place: number): number => 13 + place * 17;

/** The newest requests, those without an answer first. */
function newest(requests: readonly RequestView[], count: number): readonly RequestView[] {
  const open = (r: RequestView) => (r.state === "asking" ? 1 : 0);
  return [...requests].sort((a, b) => open(b) - open(a) || b.number - a.number).slice(0, count);
}
