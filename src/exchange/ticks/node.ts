import { digestText } from "../../base/hash.ts";
import type { LogIndex, ServerId } from "../../base/units.ts";
import { type Configuration, changed, type MembershipChange, votersOnly } from "../../raft/configuration.ts";
import type { Command, Entry } from "../../raft/entry.ts";
import type { Env } from "../../raft/env.ts";
import { append, compact, lastIndex, logAfter, prefixHash, type RaftLog, termAt, truncate } from "../../raft/log.ts";
import type { RaftOptions } from "../../raft/options.ts";
import { hasReady, takeReady } from "../../raft/ready.ts";
import { rules } from "../../raft/rules/index.ts";
import { createServer } from "../../raft/server.ts";
import { step } from "../../raft/step.ts";
import type { AnsweredRead, Input, RaftMessage, Ready, Refusal, Server, Snapshot, Write } from "../../raft/types.ts";

/** A command as the protocol has it: a text. */
export interface TextCommand extends Command {
  readonly text: string;
}
export const textCommand = (text: string): TextCommand | null =>
  text === "" ? null : { text, bytes: new TextEncoder().encode(text).length, digest: digestText(text) };

interface Saved {
  readonly snapshot: Snapshot;
  readonly commands: readonly string[];
}
/** A snapshot on its way carries the state machine's contents. */
export interface CarriedSnapshot extends Snapshot {
  readonly commands?: readonly string[];
}

/** One machine of the drive protocol: a server, its disk and its state machine, under logical time. */
export interface Node {
  readonly id: ServerId;
  readonly options: RaftOptions;
  up: boolean;
  server: Server;
  /** Ticks since it started. */
  now: number;
  timeout: number;
  disk: { term: number; vote: ServerId; commit: LogIndex; log: RaftLog; saved: Saved };
  /** The state machine: commands applied, up to which index, under which configuration. */
  commands: string[];
  applied: LogIndex;
  configuration: Configuration;
  reads: AnsweredRead[];
  /** With an asynchronous disk: writes and pages that wait for `append` and `apply`. */
  appendQueue: { readonly write: Write; readonly after: readonly RaftMessage[] }[];
  applyQueue: (readonly Entry[])[];
  oldSnapshots: boolean;
}

export function startNode(node: Node): void {
  const { disk } = node;
  const { snapshot, commands } = disk.saved;
  node.commands = [...commands];
  node.applied = snapshot.index;
  node.configuration = snapshot.configuration;
  const stored = {
    term: disk.term,
    votedFor: disk.vote,
    log: disk.log,
    commitIndex: disk.commit,
    configuration: snapshot.configuration,
  };
  node.server = createServer(node.id, stored, node.options, { now: node.now, timeout: node.timeout, drawn: 0 });
  // A snapshot may have been made without discarding the log: what it covers is not applied again.
  node.server.lastApplied = snapshot.index;
  node.server.applying = snapshot.index;
  node.reads = [];
  node.appendQueue = [];
  node.applyQueue = [];
  node.up = true;
}

export function stepNode(node: Node, input: Input): Refusal | null {
  return step(node.server, input, envOf(node));
}

const envOf = (node: Node): Env => ({
  options: node.options,
  rules,
  now: node.now,
  drawnTimeout: node.timeout,
  snapshot: () => carriedSnapshot(node),
  decide: null,
});

/** What it would send to who lacks entries that are gone. */
export function carriedSnapshot(node: Node): CarriedSnapshot {
  if (node.oldSnapshots) return { ...node.disk.saved.snapshot, commands: node.disk.saved.commands };
  return { ...snapshotOf(node), commands: node.commands.slice() };
}

const snapshotOf = (node: Node): Snapshot => ({
  index: node.applied,
  term: termAt(node.server.log, node.applied),
  hash: prefixHash(node.server.log, node.applied),
  configuration: node.configuration,
});

// ---- time ---------------------------------------------------------------------------------------------------

/** One tick: at most one timer of each kind fires. */
export function tickNode(node: Node): void {
  node.now++;
  const { server, options } = node;
  const elapsed = node.now - server.timerSince;
  if (server.role !== "leader") {
    if (elapsed >= server.timeout && mayTick(node)) stepNode(node, { kind: "electionTimeout" });
    return;
  }
  if (elapsed >= options.electionTimeoutMin) stepNode(node, { kind: "quorumTimeout" });
  if (node.server.role === "leader" && node.now - server.heartbeatSince >= options.heartbeatInterval) {
    stepNode(node, { kind: "heartbeatTimeout" });
  }
}

const mayTick = ({ server }: Node): boolean => rules.mayCampaign.ask(server);

// ---- the Ready loop -----------------------------------------------------------------------------------------

export const isBusy = (node: Node): boolean =>
  hasReady(node.server, node.options, rules) || node.appendQueue.length > 0 || node.applyQueue.length > 0;

/** Hands out one batch, of which `handed` hears before anything is done. False if there was none. */
export function readyNode(
  node: Node,
  send: (message: RaftMessage) => void,
  handed: ((ready: Ready) => void) | null = null,
): boolean {
  if (!hasReady(node.server, node.options, rules)) return false;
  const ready = takeReady(node.server, node.options, rules, null);
  handed?.(ready);
  const { write, messages, messagesAfterWrite, apply, reads } = ready;
  node.reads.push(...reads);
  if (node.options.asyncDisk) {
    messages.forEach(send);
    if (write !== null) node.appendQueue.push({ write, after: messagesAfterWrite });
    if (apply.length > 0) node.applyQueue.push(apply);
    return true;
  }
  if (write !== null) persist(node, write);
  messages.forEach(send);
  messagesAfterWrite.forEach(send);
  applyEntries(node, apply);
  if (write !== null) stepNode(node, { kind: "written" });
  reportApplied(node, apply);
  return true;
}

/** The oldest queued write finishes. */
export function appendNode(node: Node, send: (message: RaftMessage) => void): boolean {
  const queued = node.appendQueue.shift();
  if (queued === undefined) return false;
  persist(node, queued.write);
  queued.after.forEach(send);
  stepNode(node, { kind: "written" });
  return true;
}

export function applyNode(node: Node): boolean {
  const page = node.applyQueue.shift();
  if (page === undefined) return false;
  applyEntries(node, page);
  reportApplied(node, page);
  return true;
}

function persist(node: Node, { state, snapshot, entries }: Write): void {
  const { disk } = node;
  if (state !== null) {
    disk.term = state.term;
    disk.vote = state.votedFor;
    disk.commit = state.commitIndex;
  }
  if (snapshot !== null) install(node, snapshot);
  const first = entries[0];
  if (first === undefined) return;
  truncate(disk.log, Math.max(first.index, disk.log.base + 1));
  for (const entry of entries) if (entry.index === lastIndex(disk.log) + 1) append(disk.log, entry);
}

function install(node: Node, snapshot: CarriedSnapshot): void {
  const commands = snapshot.commands ?? [];
  node.disk.log = logAfter(snapshot.index, snapshot.term, snapshot.hash);
  node.disk.saved = { snapshot, commands };
  node.commands = [...commands];
  node.applied = snapshot.index;
  node.configuration = snapshot.configuration;
}

function applyEntries(node: Node, entries: readonly Entry[]): void {
  for (const { index, command, change } of entries) {
    if (command !== null) node.commands.push((command as TextCommand).text);
    node.applied = index;
    if (change !== null) applyChange(node, change);
  }
}

function applyChange(node: Node, change: MembershipChange): void {
  const after = changed(node.configuration, change);
  if (!after.ok) return;
  node.configuration = after.value;
  stepNode(node, { kind: "changeApplied", change });
}

function reportApplied(node: Node, entries: readonly Entry[]): void {
  if (entries.length > 0) stepNode(node, { kind: "applied", entries });
}

// ---- snapshots ----------------------------------------------------------------------------------------------

/** Makes a snapshot at the applied index; why that is impossible, or null. */
export function saveSnapshot(node: Node, discard: boolean): string | null {
  const { disk } = node;
  if (node.applied <= disk.saved.snapshot.index && !discard) return "there is a snapshot of that already";
  if (node.applied > disk.saved.snapshot.index) {
    disk.saved = { snapshot: snapshotOf(node), commands: node.commands.slice() };
  }
  if (!discard) return null;
  if (node.applied <= disk.log.base) return "it is compacted already";
  compact(disk.log, node.applied);
  compact(node.server.log, node.applied);
  return null;
}

export const emptySaved = (configuration: Configuration = votersOnly([])): Saved => ({
  snapshot: { index: 0, term: 0, configuration, hash: prefixHash(logAfter(0, 0, 0x5eed), 0) },
  commands: [],
});
