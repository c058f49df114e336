import type { GroupId, Micros, ServerId, Term } from "../../base/units.ts";
import { beingOf, codeOf, type roles, type statuses, withoutDisk } from "../../history/traffic/traffic.ts";
import { slotOf } from "../../world/replicas.ts";
import type { World } from "../../world/types.ts";

/** What one server was in one group for a while. */
export interface Life {
  readonly server: ServerId;
  readonly group: GroupId;
  readonly term: Term;
  readonly role: (typeof roles)[number];
  readonly status: (typeof statuses)[number];
  readonly from: Micros;
  /** Where it ended, or the end of what was heard. */
  to: Micros;
}

/** What every server was at any time of a stretch: to be told after every event. */
export class Lives {
  /** Ascending by when they began. */
  private readonly all: Life[] = [];
  private readonly codes: number[] = [];
  private readonly now: (Life | undefined)[] = [];

  look({ machines, now: at }: World, from: Micros = at): void {
    for (const machine of machines) {
      if (machine === undefined) continue;
      const { id: server, group } = machine;
      const slot = slotOf(server, group);
      const code = withoutDisk(codeOf(machine));
      if (this.codes[slot] === code) continue;
      this.codes[slot] = code;
      this.end(slot, at);
      const { term, role, status } = beingOf(code);
      const life: Life = { server, group, term, role, status, from, to: from };
      this.now[slot] = life;
      this.all.push(life);
    }
  }

  /** Nothing more is heard. Those that lasted no time are left out. */
  finish(to: Micros): readonly Life[] {
    for (let slot = 0; slot < this.now.length; slot++) this.end(slot, to);
    return this.all.filter((life) => life.to > life.from);
  }

  private end(slot: number, at: Micros): void {
    const life = this.now[slot];
    if (life !== undefined) life.to = at;
  }
}
