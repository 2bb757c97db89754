import { createHmac } from 'node:crypto';

/** One entry of RTCConfiguration.iceServers. */
export interface IceServer {
  readonly urls: readonly string[];
  readonly username?: string;
  readonly credential?: string;
}

export interface IceConfig {
  readonly stunUrls: readonly string[];
  readonly turnUrls: readonly string[];
  readonly turnSecret: string | null;
}

const turnCredentialSeconds = 3_600;

/**
 * STUN and TURN for one agent. The relay's credentials live an hour and name the agent
 * (draft-uberti-behave-turn-rest-00, what coturn's `use-auth-secret` checks): no account list on the relay.
 * @param nowMs wall time, which the relay's clock is compared to
 */
export function iceServersFor(agentId: string, nowMs: number, config: IceConfig): IceServer[] {
  const servers: IceServer[] = [];
  if (config.stunUrls.length > 0) servers.push({ urls: config.stunUrls });
  if (config.turnUrls.length > 0 && config.turnSecret !== null) {
    const username = `${Math.floor(nowMs / 1_000) + turnCredentialSeconds}:${agentId}`;
    const credential = createHmac('sha1', config.turnSecret).update(username).digest('base64');
    servers.push({ urls: config.turnUrls, username, credential });
  }
  return servers;
}
