import type { Config } from '../config/config.js';
import { type Problem, problem } from '../problem/problem.js';
import type { Readiness } from './health.service.js';

/** With a management port, health and metrics are not there for the public. */
export function onPublicOrigin(config: Config): void {
  if (config.managementPort !== null) throw problem('REQUEST.NOT_FOUND');
}

/** The refusal that names each dependency. */
export function notReady({ dependencies }: Readiness): Problem {
  const missing = Object.entries(dependencies).filter(([, health]) => health.status === 'down').map(([name, health]) => `${name} ${health.detail ?? 'is down'}`);
  return problem('SERVICE.NOT_READY', { detail: `Missing: ${missing.join('; ')}.`, extensions: { dependencies } });
}
