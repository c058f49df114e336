import { program } from "./program.ts";

// Whoever reads may have seen enough (`| head`): what is still said goes nowhere, and the exit code counts.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

process.exitCode = await program(process.argv.slice(2));
