/** Wordings that are common in the lab's logs; a user may change them. Each has its line in `lab-log.test.ts`. */
export const labPatterns = `# What a line says behind its S<i> is free text. A pattern here says what is then known of the server that printed it.
# The first pattern that fits a line counts. Capital and small letters are the same.
#   {term}    a number behind T or term: T4, T:4, Term 4, currentTerm=4
#   {server}  a number behind S, C, server, peer, node, candidate, leader: S1, C:1
#   {index}   a number behind index or idx;  {number} any number;  {number2} one more
#   (a|b|)    one of these, or nothing;   ... anything;   ^ at the beginning
#   a blank   blanks, commas, colons, brackets
#   VOTE|LEAD: at the beginning: only lines of these topics
# Behind => what is then known: role follower|candidate|leader, term, vote, leader, commit, applied, last, lastTerm,
# base (the last index in a snapshot), status up|down; vote and leader may be me or nobody. Messages:
# sends requestVote to {server}; receives requestVoteReply yes from {server}; also appendEntries, heartbeat,
# installSnapshot, preVote, timeoutNow and their replies.

# Elections
(become|became|becomes|becoming|convert to|converted to|converting to|turn to|turn into|turned into|switch to|transition to) (the new|a new|a|new|the|) candidate ... {term} => role candidate, term {term}
(become|became|becomes|becoming|convert to|converted to|converting to|turn to|turn into|turned into|switch to|transition to) (the new|a new|a|new|the|) candidate => role candidate
-> candidate ... {term} => role candidate, term {term}
(start|starts|started|starting|begin|begins|beginning) (the new|a new|an|a|new|the|) election ... {term} => role candidate, term {term}
(start|starts|started|starting|begin|begins|beginning) (the new|a new|an|a|new|the|) election => role candidate
now at {term} => term {term}
{term} ... (become|became|becoming|converting to|converted to|convert to) (the new|a new|a|new|the|) leader => role leader, leader me, term {term}
(become|became|becomes|becoming|convert to|converted to|converting to|turn to|turn into|turned into|switch to|transition to|elected) (as the new|the new|as the|a new|as|a|new|the|) leader ... {term} => role leader, leader me, term {term}
(become|became|becomes|becoming|convert to|converted to|converting to|turn to|turn into|turned into|switch to|transition to|elected) (as the new|the new|as the|a new|as|a|new|the|) leader => role leader, leader me
-> leader ... {term} => role leader, leader me, term {term}
^leader checking (heartbeat|heartbeats) => role leader

# Votes
(asks|asking) {server} ... {term} => sends requestVote to {server}, term {term}
-> {server} ... (requesting vote|request vote|requestvote|asking for vote|sending vote request) ... {term} => sends requestVote to {server}, term {term}
-> {server} ... (requesting vote|request vote|requestvote|asking for vote|sending vote request) => sends requestVote to {server}
<- {server} ... (vote request|requestvote|request vote) ... {term} => receives requestVote from {server}
(granting|granted|grants|grant|giving|gives) (a|the|) vote to {server} ... {term} => vote {server}, term {term}, sends requestVoteReply yes to {server}
(granting|granted|grants|grant|giving|gives) (a|the|) vote to {server} => vote {server}, sends requestVoteReply yes to {server}
(voting|voted|votes) for {server} ... {term} => vote {server}, term {term}
(voting|voted|votes) for {server} => vote {server}
(voting|voted|votes) for (self|itself|myself) => vote me
(rejecting|rejected|rejects|reject|refusing|refused|refuse|denying|denied|deny) (a|the|) (vote|votes) (to|for) {server} => sends requestVoteReply no to {server}
<- {server} (got|received|receives) (a|the|) vote => receives requestVoteReply yes from {server}

# Terms and stepping down
updating term to {term} ... follower => role follower, term {term}
(update|updates|updated|updating) term ... {number} -> {number2} => term {number2}
(update|updates|updated|updating) term from {number} to {number2} => term {number2}
(become|became|becomes|becoming|convert to|converted to|converting to|turn to|turn into|turned into|switch to|transition to) (the new|a new|a|new|the|) follower ... {term} => role follower, term {term}
(become|became|becomes|becoming|convert to|converted to|converting to|turn to|turn into|turned into|switch to|transition to|stepping down to|steps down to) (the new|a new|a|new|the|) follower => role follower
-> follower ... {term} => role follower, term {term}
(stepping down|steps down|step down|stepped down) => role follower

# Logs
-> {server} sending pli ... => sends appendEntries to {server}
-> {server} ... (heartbeat|heartbeats) => sends heartbeat to {server}
-> {server} ... (append entries|appendentries|appent|entries) ... {term} => sends appendEntries to {server}
-> {server} ... (append entries|appendentries|appent|entries) => sends appendEntries to {server}
received (a|) heartbeat from {server} ... {term} => receives heartbeat from {server}, leader {server}
received (a|) heartbeat from {server} => receives heartbeat from {server}, leader {server}
received (a|) (append entries|appendentries|appent) from {server} => receives appendEntries from {server}, leader {server}
received (append entries|appendentries|appent) {term} => term {term}
(snapshot|snapshotted) ... {index} => base {index}

# Commitment
(commitindex|commit index|ci) {number} -> {number2} => commit {number2}
(commitindex|commit index) from {number} to {number2} => commit {number2}
(update|updated|updates|updating|advance|advanced|advances|advancing|set|setting) (commitindex|commit index) ... {term} ... (ci|commitindex|commit index|consensus) {number} => commit {number}, term {term}
(update|updated|updates|updating|advance|advanced|advances|advancing|set|setting) (commitindex|commit index) (to|) {number} => commit {number}
CMIT: (commit|committed|commits|committing) to {number} => commit {number}
(lastapplied|last applied) {number} -> {number2} => applied {number2}
(applied|applies|apply|applying) ... {index} => applied {index}

# What is on disk, and restarts
saved state {term} vf {number} => term {term}, vote {number}
PERS: {term} ... (votedfor|voted for|votefor) {number} => term {term}, vote {number}
killed => status down
`;
