const policies: Readonly<Record<string, string>> = {
  'agents-in-call': 'least agents in call',
  talking: 'least agents talking',
  'load-average': 'least load',
};

/** The rule that chose, as people say it. */
export const policyName = (policy: string): string => policies[policy] ?? policy;

const reasons: Readonly<Record<string, string>> = {
  media_server_failed: 'the media server failed',
  agent_left: 'the agent left',
  grace_over: 'the agent did not come back',
  heartbeat: 'the softphone fell silent',
  drain_deadline: 'the drain deadline was reached',
  agent_disabled: 'the account was disabled',
  moved: 'moved to another media server',
};

/** Why a seat ended. A reason without words of its own is shown as the manager names it. */
export const releaseReason = (reason: string): string => reasons[reason] ?? reason.replaceAll(/[_-]/g, ' ');

/** Share of a server's seats that were taken when it was considered. */
export const ratioText = (ratio: number | null): string => (ratio === null || !Number.isFinite(ratio) ? '–' : `${(ratio * 100).toFixed(ratio < 0.1 ? 1 : 0)} %`);
