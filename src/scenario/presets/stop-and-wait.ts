import { carries, committed, countUnderWay, every, isHeartbeat, leads, logIs, requestIs, waited } from "./claims.ts";
import { pipelineStart } from "./pipeline-story.ts";
import { preset } from "./preset.ts";

export const stopAndWait = preset({
  id: "stop-and-wait",
  title: "Stop and wait on a slow network",
  group: "Logs",
  notes:
    "Five quick writes on a network where every message takes 50 ms. With option flow set to one request at a time, and one entry per message, the leader waits for each answer before it sends the next entry: each write costs a round trip, and the last write waits for all before it. The next story is the same with a window.",
  file: {
    ...pipelineStart,
    options: { ...pipelineStart.options, flow: "oneAtATime" },
    speed: 0.05,
    endMs: 900,
  },
  bookmarks: [
    {
      atMs: 305,
      label:
        "S1 has all five writes in its log, but only entry 1 is on its way to S2; entries 2 to 5 wait for the answer.",
      claim: every(
        leads(1, 1),
        logIs(1, 1, 1, 1, 1, 1),
        carries(1, 2, 1, 1),
        countUnderWay(1, 1, 2, "AppendEntries", (packet) => !isHeartbeat(packet)),
      ),
    },
    {
      atMs: 410,
      label: "S1 has committed entry 1 only; entry 2 is on its way to S2.",
      claim: every(
        committed(1, 1),
        carries(1, 2, 2, 2),
        countUnderWay(1, 1, 2, "AppendEntries", (packet) => !isHeartbeat(packet)),
      ),
    },
    {
      atMs: 460,
      label: "The client has the answer to the first of its five writes.",
      claim: every(requestIs(1, "put", "done"), ...[2, 3, 4, 5].map((number) => requestIs(number, "put", "asking"))),
    },
    {
      atMs: 820,
      label: "The client has all five answers; for the last it has waited 566 ms.",
      claim: every(...[1, 2, 3, 4, 5].map((number) => requestIs(number, "put", "done")), waited(5, 566_000)),
    },
  ],
});
