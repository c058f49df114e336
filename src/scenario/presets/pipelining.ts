import {
  carries,
  committed,
  countUnderWay,
  every,
  isHeartbeat,
  knowsMatch,
  leads,
  requestIs,
  waited,
} from "./claims.ts";
import { pipelineStart } from "./pipeline-story.ts";
import { preset } from "./preset.ts";

export const pipelining = preset({
  id: "pipelining",
  title: "Pipelining on a slow network",
  group: "Logs",
  notes:
    "The same five writes on the same slow network, with option flow set to a window of eight requests: once the leader knows where the logs agree, it sends entries ahead of the answers. Messages and answers overlap, and all five writes together take little longer than one.",
  file: {
    ...pipelineStart,
    options: { ...pipelineStart.options, flow: "window", maxInflightMessages: 8 },
    speed: 0.05,
    endMs: 560,
  },
  bookmarks: [
    {
      atMs: 305,
      label: "Five messages with one entry each are on their way to S2, and none has been answered.",
      claim: every(
        leads(1, 1),
        ...[1, 2, 3, 4, 5].map((index) => carries(1, 2, index, index)),
        countUnderWay(5, 1, 2, "AppendEntries", (packet) => !isHeartbeat(packet)),
        knowsMatch(1, 2, 0),
      ),
    },
    { atMs: 410, label: "S1 has committed all five entries.", claim: committed(1, 5) },
    {
      atMs: 460,
      label: "The client has all five answers; for each it has waited 202 ms.",
      claim: every(
        ...[1, 2, 3, 4, 5].map((number) => every(requestIs(number, "put", "done"), waited(number, 202_000))),
      ),
    },
  ],
});
