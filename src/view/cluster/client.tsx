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
  const { client, caption, narrow } = layout;
  const loaded = loadPerSecond > 0 && !narrow;
  const lines = newest(requests, narrow || loaded ? 1 : 2);
  const line = (place: number) => caption.y + 13 + place * 17;
  return (
    <g className="stage-client" data-tip="The client: it sends requests to the servers and waits for their answers.">
      <rect x={client.x} y={client.y} width={client.width} height={client.height} rx={8} />
      <text x={client.x + client.width / 2} y={client.y + client.height / 2 + 4.5} textAnchor="middle">
        client
      </text>
      {loaded && (
        <text className="stage-request" x={caption.x} y={line(0)}>
          asks {loadPerSecond} times a second
        </text>
      )}
      {lines.map((request, i) => (
        <text
          // biome-ignore lint/suspicious/noArrayIndexKey: a line stays where it is, and says something else
          key={i}
          className="stage-request"
          data-state={request.state}
          x={caption.x}
          y={line(loaded ? i + 1 : i)}
        >
          {fitText(request.summary, caption.width)}
        </text>
      ))}
    </g>
  );
});

/** The newest requests, those without an answer first. */
function newest(requests: readonly RequestView[], count: number): readonly RequestView[] {
  const open = (r: RequestView) => (r.state === "asking" ? 1 : 0);
  return [...requests].sort((a, b) => open(b) - open(a) || b.number - a.number).slice(0, count);
}
