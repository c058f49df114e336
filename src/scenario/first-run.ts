import { microsPerMilli } from "../base/units.ts";
import { profiles } from "../raft/options.ts";
import { defaultClients } from "../world/limits.ts";
import type { Recording } from "./recording.ts";

const ms = microsPerMilli;

/**
 * What a newcomer sees first, in the form that needs no reader: the page moves before the reader of files is loaded.
 * The preset "first-election" is made of it, and adds a claim to each bookmark.
 */
export const firstRun: Recording = {
  title: "First election",
  notes:
    "Five servers start as followers and nobody leads. S3's election timer runs out first, so it asks the others for votes, wins, and keeps them quiet with heartbeats. From then on a client writes through it: break something and watch what they do.",
  preset: "first-election",
  profile: "paper",
  setup: {
    bugs: [],
    // Who breaks the leader, or cuts it off, shall soon see another one answer.
    clients: { ...defaultClients, repeatAfter: 100 * ms, givesUpAfter: 500 * ms },
    seed: 7,
    raft: profiles.paper,
    servers: [1, 2, 3, 4, 5].map((id) => ({ id, term: 0, votedFor: 0, log: [], commit: 0 })),
    groups: 1,
    mode: "automatic",
    link: { latencyMin: 10 * ms, latencyMax: 15 * ms, loss: 0, duplicate: 0, bandwidth: null },
    disk: { writeMin: 1 * ms, writeMax: 3 * ms },
  },
  actions: [
    { at: 0, act: { do: "timer", server: 3, left: 20 * ms } },
    { at: 90 * ms, act: { do: "load", perSecond: 8 } },
  ],
  bookmarks: [
    { at: 0, label: "Nobody leads: five followers in term 0, and S3's election timer has 20 ms left." },
    {
      at: 25 * ms,
      label: "S3 is a candidate in term 1, and its requests for votes are on their way to the four others.",
    },
    {
      at: 42 * ms,
      label: "All four have voted for S3; their answers are on the way, so S3 counts only its own vote yet.",
    },
    {
      at: 55 * ms,
      label: "S3 alone leads, in term 1, and its first heartbeats are on their way to the four others.",
    },
    {
      at: 135 * ms,
      label: "The client's first write, x=1, is entry 1 on S3's disk and on its way to the four others.",
    },
    {
      at: 165 * ms,
      label:
        "S3 has committed entry 1 and is answering the client; the four others have the entry but do not know that it is committed.",
    },
  ],
  view: { at: 0, select: "", speed: 0.05, play: false, hide: true, guided: true },
  end: 190 * ms,
  branches: [],
  branch: 0,
};
