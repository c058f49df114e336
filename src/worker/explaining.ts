import { failure, type Result, success } from "../base/result.ts";
import { Causes } from "../history/causes/causes.ts";
import type { History } from "../history/history.ts";
import type { Work } from "../history/work.ts";
import { parseCondition } from "../scenario/condition/parse.ts";
import { whenTrue } from "../scenario/condition/until.ts";
import type { InputProblem } from "../scenario/recording.ts";
import { differencesOf, type Line } from "../why/differences.ts";
import { pastOf } from "../why/past.ts";
import { storyOf } from "../why/story.ts";
import { whyOf } from "../why/why.ts";
import type { Requests } from "./protocol/requests.ts";

type Ask<K extends keyof Requests> = Requests[K]["ask"];
type Answer<K extends keyof Requests> = Requests[K]["answer"];

/** More are not told of, whoever asks. */
const causesMost = 200;

/** What explains a run. It keeps what it has found out of where its events come from. */
export class Explaining {
  private readonly causes: Causes;

  constructor(readonly history: History) {
    this.causes = new Causes(history);
  }

  *why({ about }: Ask<"why">): Work<Answer<"why">> {
    return { why: yield* whyOf(this.history, this.causes, about) };
  }

  *past({ event, most }: Ask<"causes">): Work<Answer<"causes">> {
    return yield* pastOf(this.causes, event, Math.min(most, causesMost));
  }

  *story({ about }: Ask<"story">): Work<Answer<"story">> {
    return { story: yield* storyOf(this.history, this.causes, about) };
  }

  *differences({ branch, other, at }: Ask<"compare">): Work<Answer<"compare">> {
    const { setup, branches } = this.history;
    const lineOf = (id: number): Line => {
      const found = branches[id];
      if (found === undefined) throw new Error(`there is no branch ${id}`);
      const { actions, reach: end, checkpoints } = found;
      return { setup, actions, end, checkpoints };
    };
    return yield* differencesOf(lineOf(branch), lineOf(other), at);
  }

  /** Goes to where the condition comes true. False: it does not, and nothing has moved. */
  until({ condition, group, within }: Ask<"until">): Result<Work<boolean>, InputProblem> {
    const read = parseCondition(condition);
    if (!read.ok) {
      const { message, from } = read.problem;
      return failure({ field: "condition", message, place: { line: 1, column: from + 1 } });
    }
    const { history } = this;
    const until = history.world.now + within;
    return success(going(history, whenTrue(history, read.value, group, until)));
  }
}

function* going(history: History, search: Work<number | null>): Work<boolean> {
  const event = yield* search;
  if (event === null) return false;
  yield* history.visiting(event);
  return true;
}
