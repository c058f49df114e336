import { digestText, mix } from "../base/hash.ts";
import type { KvCommand, KvOperation, KvStore } from "./types.ts";

export const emptyStore = (): KvStore => ({ data: new Map(), owned: true, digest: 0 });

/** Shares the contents: both sides copy before their next change. */
export function copyStore(store: KvStore): KvStore {
  store.owned = false;
  return { ...store };
}

/** Executes one command and returns its answer: the value read, or the value that was replaced. */
export function execute(store: KvStore, operation: KvOperation): string | null {
  const before = store.data.get(operation.key);
  switch (operation.op) {
    case "get":
      break;
    case "put":
      own(store).set(operation.key, operation.value);
      store.digest = (store.digest + pair(operation.key, operation.value)) | 0;
      if (before !== undefined) store.digest = (store.digest - pair(operation.key, before)) | 0;
      break;
    case "delete":
      if (before === undefined) break;
      own(store).delete(operation.key);
      store.digest = (store.digest - pair(operation.key, before)) | 0;
      break;
  }
  return before ?? null;
}

function own(store: KvStore): Map<string, string> {
  if (!store.owned) {
    store.data = new Map(store.data);
    store.owned = true;
  }
  return store.data;
}

const pair = (key: string, value: string): number => mix(digestText(key), digestText(value));

/** What a transfer of the contents carries: every key and value. */
export function bytesOf({ data }: KvStore): number {
  let bytes = 0;
  for (const [key, value] of data) bytes += key.length + value.length;
  return bytes;
}

export function kvCommand(operation: KvOperation, request: number): KvCommand {
  const value = operation.op === "put" ? operation.value : "";
  const content = mix(mix(digestText(operation.op), digestText(operation.key)), digestText(value));
  const bytes = operation.op.length + operation.key.length + value.length;
  return { operation, request, bytes, digest: mix(content, request) };
}
