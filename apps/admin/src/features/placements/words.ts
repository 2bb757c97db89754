import type { Decision } from '../../shared/contract.js';

const policies: Readonly<Record<string, { least: string; more: string }>> = {
  'agents-in-call': { least: 'fewest agents in call', more: 'more agents in call' },
  talking: { least: 'fewest agents talking', more: 'more agents talking' },
  'load-average': { least: 'lowest load', more: 'higher load' },
};

/** The rule that chose, as people say it. */
export const policyName = (policy: string): string => policies[policy]?.least ?? policy;

/** The manager's reason for or against a server, with the policy in words instead of by its name. */
export const verdictReason = (reason: string): string =>
  reason
    .replace(/\bleast by ([\w-]+)/, (told, policy: string) => policies[policy]?.least ?? told)
    .replace(/\bbusier by ([\w-]+)/, (told, policy: string) => policies[policy]?.more ?? told);

const reasons: Readonly<Record<string, string>> = {
  given_up: 'the agent left',
  moved: 'moved to another media server',
  failure_reported: 'the softphone got no audio there',
  evicted: 'ended by an administrator',
  grace_ran_out: 'the agent did not come back',
  media_server_failed: 'the media server failed',
  media_server_disabled: 'the media server was disabled',
  media_server_drained: 'the drain deadline was reached',
  agent_disabled: 'the account was disabled',
  agent_deleted: 'the account was deleted',
};

/** Why a seat ended. A reason without words of its own is shown as the manager names it. */
export const releaseReason = (reason: string): string => reasons[reason] ?? reason.replaceAll(/[_-]/g, ' ');

/** Share of a server's seats that were taken when it was considered. */
export const ratioText = (ratio: number): string => (!Number.isFinite(ratio) ? '–' : `${(ratio * 100).toFixed(ratio < 0.1 ? 1 : 0)} %`);

/** A decision in one or two sentences. */
export function decisionSentence({ policy, considered }: Decision): string {
  const eligible = considered.filter((server) => server.eligible).length;
  const all = considered.length;
  if (eligible === 1) return `Of ${all === 1 ? 'one media server' : `${all} media servers`} only this one could take the agent.`;
  return `Of ${all} media servers ${eligible} could take the agent. The policy “${policyName(policy)}” took one; among equals chance decides.`;
}
