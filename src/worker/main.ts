import { type Result, success } from "../base/result.ts";
import type { InputProblem } from "../scenario/recording.ts";
import { Laboratory } from "./laboratory.ts";
import type { FromWorker, RequestKind, Requests, ToWorker } from "./protocol/requests.ts";

/** The thread's end of the line: the scope has these two and nothing else is used of it. */
interface Port {
  onmessage: ((event: { readonly data: ToWorker }) => void) | null;
  postMessage(message: FromWorker): void;
}
const port = globalThis as unknown as Port;
const laboratory = new Laboratory();

type Outcome = Result<Requests[RequestKind]["answer"], InputProblem>;

async function answer(asked: ToWorker): Promise<Outcome> {
  switch (asked.kind) {
    case "open":
      return laboratory.open(asked.source);
    case "advance":
      return success(laboratory.advance(asked.to));
    case "seek":
      return success(await laboratory.seek(asked.to));
    case "visit":
      return success(laboratory.visit(asked.event));
    case "step":
      return success(laboratory.step(asked.direction));
    case "jump":
      return success(laboratory.jump(asked));
    case "act":
      return success(await laboratory.act(asked));
    case "branch":
      return success(await laboratory.branch(asked.branch));
    case "viewport":
      return success(laboratory.look(asked));
    case "feed":
      return success(await laboratory.feed(asked));
    case "explore":
      return success(await laboratory.explore());
    case "verdict":
      return success(await laboratory.verdict());
    case "history":
      return success(await laboratory.clientHistory(asked));
    case "faults":
      return success((await import("./faults.ts")).catalogue());
    case "share":
      return laboratory.share(asked);
    case "break":
      return breakDown(asked.how);
  }
}

/** Lets a test see that the page survives a worker that throws, or never returns. */
function breakDown(how: "throw" | "hang"): never {
  if (how === "throw") throw new Error("thrown on purpose");
  for (;;);
}

/** Not needed for the first frame, but for the first act: fetched once the page has a frame. */
let warm = false;
function warmUp(asked: ToWorker): void {
  if (warm || asked.kind === "open") return;
  warm = true;
  void import("../scenario/format.ts");
  void import("./faults.ts");
}

/** One at a time, in the order of asking. */
let line: Promise<void> = Promise.resolve();
port.onmessage = ({ data: asked }) => {
  line = line.then(async () => {
    const outcome = await answer(asked);
    warmUp(asked);
    if (outcome.ok) port.postMessage({ kind: "answer", id: asked.id, answer: outcome.value });
    else port.postMessage({ kind: "problem", id: asked.id, problem: outcome.problem });
  });
  // A step that threw has left half a state behind: nothing more may come from here. Let it reach the page as an error.
  line.catch((error: unknown) => {
    setTimeout(() => {
      throw error;
    });
  });
};
setInterval(() => port.postMessage({ kind: "alive" }), 250);
