import { expect, test } from "vitest";
import { type ProfileName, profiles, type RaftOptions } from "../raft/options.ts";
import { profileNames, writeAllOptions } from "./options.ts";
import { refusedOf } from "./refused.ts";

const refused = (profile: ProfileName, options: Partial<RaftOptions>) =>
  refusedOf(writeAllOptions({ ...profiles[profile], ...options })).map(({ option }) => option);

test("every profile is one that production would start with", () => {
  expect(profileNames.map((name) => refused(name, {}))).toEqual(profileNames.map(() => []));
});

test("etcd/raft's validate: a lease needs check-quorum, a timeout more than a heartbeat, a window a message", () => {
  expect(refused("etcd", { reads: "lease" })).toEqual(["reads"]);
  expect(refused("etcd", { reads: "lease", checkQuorum: true })).toEqual([]);
  expect(refused("dissertation", { reads: "lease", checkQuorum: false })).toEqual([]);
  expect(refused("paper", { heartbeatInterval: 150_000 })).toEqual(["heartbeatMs"]);
  expect(refused("paper", { heartbeatInterval: 149_000 })).toEqual([]);
  expect(refused("etcd-server", { maxInflightBytes: 1000 })).toEqual(["maxInflightBytes"]);
  expect(refused("paper", { maxInflightBytes: 1000 })).toEqual([]);
});
