import type { ServerView } from "../../../worker/protocol/server.ts";

/** Roles as people call them. */
export const roleNames: { readonly [Role in ServerView["role"]]: string } = {
  follower: "follower",
  preCandidate: "pre-candidate",
  candidate: "candidate",
  leader: "leader",
};
