import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";

/** Processes that were started here and not ended: none outlives this one. */
const running = new Set<ChildProcess>();

/** Starts a command as the head of a process group of its own, so that what it starts can be ended with it. */
export function start(command: string, args: readonly string[], options: SpawnOptions = {}): ChildProcess {
  const child = spawn(command, args, { stdio: "ignore", ...options, detached: true });
  running.add(child);
  child.on("error", () => running.delete(child));
  return child;
}

/** Ends the whole group at once; twice is once. */
export function end(child: ChildProcess): void {
  if (!running.delete(child) || child.pid === undefined) return;
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch {
    // It has gone by itself.
  }
}

const endAll = () => {
  for (const child of running) end(child);
};
process.on("exit", endAll);
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => process.exit(1));
