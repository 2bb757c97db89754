import type { FarLeg } from '../asterisk/outbound.js';
import type { Pool } from '../pool.js';
import type { SimulatedServer } from '../server.js';
import type { ManagerApi } from './manager-api.js';

/** A leg that has come in. */
export interface Entered {
  readonly server: SimulatedServer;
  readonly uniqueid: string;
}

/** What the SIP proxy and the dialplan do with one-use tokens: asks where a number leads, and brings the leg to the media server, which looks its token up. */
export class Trunk {
  constructor(
    private readonly pool: Pool,
    private readonly manager: ManagerApi,
  ) {
    pool.across = (leg, server) => void this.across(leg, server);
  }

  /**
   * An INVITE of a carrier.
   * @param callId of SIP, anything of its own
   * @returns the leg, or what was said instead: `503 ROUTE...`, or `404` for a token nobody knows any more
   */
  async call(to: string, from: string, callId: string): Promise<Entered | string> {
    const query = new URLSearchParams({ to, from, callId });
    const answer = await this.manager.call<{ target?: string; code?: string }>('GET', `/routes?${query.toString()}`);
    const [, token, address] = /^sip:([^@]+)@(.+)$/.exec(answer.body.target ?? '') ?? [];
    if (token === undefined || address === undefined) return `${answer.status} ${answer.body.code ?? ''}`;
    return (await this.enter(token, address, from)) ?? '404';
  }

  /** Shows a token at a media server, which asks its manager for it. Null when it leads nowhere. */
  async enter(token: string, address: string, from: string): Promise<Entered | null> {
    const server = this.pool.servers.find(({ sipAddress }) => sipAddress === address);
    if (server?.enrolled == null || server.health !== 'up') return null;
    const { url, token: realtimeToken } = server.enrolled.realtime;
    const answer = await this.manager.ask<string>('POST', `${url}/nailup_targets/single`, { token: realtimeToken, form: { id: token } });
    const row = new URLSearchParams(answer.status === 200 ? answer.body.trim() : '');
    const callId = row.get('call');
    if (callId === null || callId === '') return null;
    const kind = row.get('kind');
    const place = kind === 'queue' ? ('queue' as const) : { conference: row.get('conference') ?? '' };
    const uniqueid = server.arrive({ callId, role: kind === 'consult' ? 'consult' : 'client', from, recordingId: row.get('record') ?? '', place });
    return { server, uniqueid };
  }

  /** One media server dials another one for a caller who waits on it; the two legs end together. */
  private async across(leg: FarLeg, server: SimulatedServer): Promise<void> {
    const [token = '', address = ''] = leg.number.split('@');
    leg.ring();
    const near = await this.enter(token, address, '').catch(() => null);
    if (near === null) return leg.refuse(1, 404);
    const ends = [
      near.server.onEnd((uniqueid) => {
        if (uniqueid === near.uniqueid) over();
      }),
      server.onEnd((uniqueid) => {
        if (uniqueid === leg.uniqueid) over();
      }),
    ];
    const over = (): void => {
      for (const end of ends) end();
      leg.hangUp();
      near.server.hangUp(near.uniqueid);
    };
    if (server.has(leg.uniqueid)) leg.answer();
    else over();
  }
}
