import { Dot, HardDrive, type LucideIcon, Mail, Rows3, TriangleAlert, UserRound, Vote, Zap } from "lucide-react";
import type { ReactElement } from "react";
import type { FeedKind } from "../../worker/protocol/feed.ts";

const icons: Record<FeedKind, LucideIcon> = {
  election: Vote,
  log: Rows3,
  message: Mail,
  disk: HardDrive,
  client: UserRound,
  fault: Zap,
  violation: TriangleAlert,
  other: Dot,
};

export function KindIcon({ kind }: { readonly kind: FeedKind }): ReactElement {
  const Icon = icons[kind];
  return <Icon className="events-kind" size={15} strokeWidth={1.8} aria-hidden="true" />;
}
