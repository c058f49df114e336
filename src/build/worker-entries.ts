import type { Plugin } from "vite";

/** What of a chunk is looked at; the names are those of files in the output. */
export interface ChunkImports {
  readonly fileName: string;
  readonly isEntry: boolean;
  readonly imports: readonly string[];
  readonly dynamicImports: readonly string[];
}

/** Each import of an entry by another chunk, as `importer -> entry`. */
export function importsOfEntries(chunks: readonly ChunkImports[]): string[] {
  const entries = new Set(chunks.filter(({ isEntry }) => isEntry).map(({ fileName }) => fileName));
  return chunks.flatMap(({ fileName, imports, dynamicImports }) =>
    [...imports, ...dynamicImports].filter((to) => entries.has(to)).map((to) => `${fileName} -> ${to}`),
  );
}

/**
 * Fails the build of a worker whose entry is imported by one of its chunks. WebKit does not find a worker's first
 * script among its modules: it would fetch the entry once more and run it a second time, in the same worker.
 */
export function entriesStandAlone(): Plugin {
  return {
    name: "worker-entries-stand-alone",
    generateBundle(_, bundle) {
      const chunks = Object.values(bundle).filter((part) => part.type === "chunk");
      const wrong = importsOfEntries(chunks);
      if (wrong.length > 0) this.error(`A worker's entry may be imported by nobody: ${wrong.join(", ")}`);
    },
  };
}
