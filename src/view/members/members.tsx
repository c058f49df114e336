import { Plus } from "lucide-react";
import { useState } from "react";
import type { ServerId } from "../../base/units.ts";
import { actionOf } from "../../store/actions/table.ts";
import {
  configurationOf,
  latecomers,
  type Plan,
  planOf,
  proposalOf,
  type Standing,
  standingIn,
  type Transition,
  type Wishes,
} from "../../store/change.ts";
import { groupShown } from "../../store/group.ts";
import { leaderNow } from "../../store/membership.ts";
import { page } from "../../store/page.ts";
import { lab, labState, useLab } from "../../store/use-lab.ts";
import type { Frame } from "../../worker/protocol/frame.ts";
import type { ServerView } from "../../worker/protocol/server.ts";
import { Choice } from "../kit/form/choice.tsx";
import { Form, FormRow, LabelRow } from "../kit/form/form.tsx";
import { DialogFrame } from "../kit/form/frame.tsx";
import { type Option, Select } from "../kit/form/select.tsx";
import { changeVerb, latecomersHint, type StageRow, stagesOf, transitionText } from "./words.ts";
import "./members.css";

/** Several servers added, promoted, demoted and removed in one change, and what comes of it before it is proposed. */
export function MembersForm() {
  const frame = useLab((state) => state.frame);
  return (
    <DialogFrame
      title="Change the cluster’s members"
      about="One entry in the log changes as many servers as you like. Nothing happens before you propose it."
      size="medium"
    >
      {frame === null ? <p className="form-note">The engine is starting.</p> : <ChangeForm frame={frame} />}
    </DialogFrame>
  );
}

/** Whom the form asks first: the selected server if it leads, else the leader, else anybody who runs. */
function firstAsked(frame: Frame): ServerId {
  const { selection } = labState();
  const chosen = frame.servers.find((one) => selection?.kind === "server" && one.id === selection.id);
  if (chosen?.role === "leader" && chosen.status === "up") return chosen.id;
  return leaderNow(frame)?.id ?? frame.servers.find(({ status }) => status === "up")?.id ?? 1;
}

function ChangeForm({ frame }: { readonly frame: Frame }) {
  const [asked, setAsked] = useState(() => firstAsked(frame));
  const [wishes, setWishes] = useState<Wishes>(new Map());
  const [transition, setTransition] = useState<Transition>("auto");
  const server = frame.servers.find(({ id }) => id === asked);
  if (server === undefined) return null;
  const before = configurationOf(server);
  const joint = before.outgoing.length > 0;
  const plan = planOf(before, wishes, transition);
  const problem = server.status === "up" ? plan.problem : `S${asked} is ${server.status}`;
  const propose = (): void => {
    if (problem !== null) return;
    lab.act({ ...proposalOf(asked, plan, transition), ...groupShown(labState()) });
    page.closeDialog();
  };
  return (
    <Form
      verb={joint ? "Leave the joint configuration" : "Propose"}
      disabled={problem !== null}
      beside={
        <p className="members-problem" role="status">
          {problem}
        </p>
      }
      onSubmit={propose}
    >
      <Asked servers={frame.servers} asked={asked} onChange={setAsked} />
      {!joint && (
        <>
          <Wanted frame={frame} plan={plan} wishes={wishes} onChange={setWishes} />
          <Spare next={frame.servers.length + 1} />
          <FormRow title="Transition">
            <Choice<Transition> label="Transition" value={transition} onChange={setTransition} options={transitions} />
          </FormRow>
        </>
      )}
      <p className="members-about">{transitionText(plan, transition)}</p>
      <Stages rows={stagesOf(plan, transition)} />
      <Hint plan={plan} frame={frame} commitIndex={server.commitIndex} />
    </Form>
  );
}

const transitions: readonly (readonly [Transition, string])[] = [
  ["auto", "auto"],
  ["implicit", "implicit"],
  ["explicit", "explicit"],
];

interface AskedProps {
  readonly servers: readonly ServerView[];
  readonly asked: ServerId;
  onChange(server: ServerId): void;
}

/** Only a leader takes a change; a follower passes it on or refuses it, which is worth seeing too. */
function Asked({ servers, asked, onChange }: AskedProps) {
  const words = ({ id, role, status, term }: ServerView): Option<ServerId> => [
    id,
    `S${id}, ${status !== "up" ? status : role === "leader" ? `leader of term ${term}` : "not the leader"}`,
  ];
  return (
    <LabelRow title="Propose to">
      <Select className="members-asked" value={asked} options={servers.map(words)} onChange={onChange} />
    </LabelRow>
  );
}

interface WantedProps {
  readonly frame: Frame;
  readonly plan: Plan;
  readonly wishes: Wishes;
  onChange(wishes: Wishes): void;
}

/** Per server what it shall be; the verb beside it says what changes. */
function Wanted({ frame, plan, wishes, onChange }: WantedProps) {
  return (
    <fieldset className="members-wanted">
      <legend className="ui-hidden">What each server shall be</legend>
      {frame.servers.map(({ id }) => {
        const now = standingIn(plan.before, id);
        const wish = wishes.get(id) ?? now;
        return (
          <div key={id} className="members-server" data-changed={wish !== now}>
            <span className="members-name">S{id}</span>
            <Choice<Standing>
              label={`S${id} shall be`}
              value={wish}
              onChange={(to) => onChange(new Map(wishes).set(id, to))}
              options={standings}
            />
            <span className="members-verb">{changeVerb(now, wish)}</span>
          </div>
        );
      })}
    </fieldset>
  );
}

/** The machines that there are may all be members: one more is a click away. */
function Spare({ next }: { readonly next: ServerId }) {
  const refused = useLab((state) => actionOf("add-server", null, state)?.disabledReason);
  return (
    <p className="members-spare">
      <button
        type="button"
        className="ui-button"
        disabled={refused !== undefined}
        onClick={() => actionOf("add-server", null, labState())?.run()}
      >
        <Plus size={15} strokeWidth={1.8} aria-hidden="true" />
        Spare server{refused === undefined && ` S${next}`}
      </button>
      <span className="members-learners">
        {refused ??
          "A machine with an empty disk, there from the start of the run. It does nothing before it is added."}
      </span>
    </p>
  );
}

const standings: readonly (readonly [Standing, string])[] = [
  ["voter", "voter"],
  ["learner", "learner"],
  ["none", "out"],
];

function Stages({ rows }: { readonly rows: readonly StageRow[] }) {
  return (
    <table className="members-stages" aria-label="What comes of it">
      <thead>
        <tr>
          <td />
          <th scope="col">voters</th>
          <th scope="col">must agree</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ when, voters, learners, quorum, same }) => (
          <tr key={when} data-same={same}>
            <th scope="row">{when}</th>
            <td>
              {voters}
              {learners !== "" && <span className="members-learners"> {learners}</span>}
            </td>
            <td className="ui-figures">{quorum}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Hint({ plan, frame, commitIndex }: { plan: Plan; frame: Frame; commitIndex: number }) {
  const words = latecomersHint(latecomers(plan, frame.servers, commitIndex));
  return words === null ? null : <p className="members-hint">{words}</p>;
}
