import type { CallView } from '../../src/calls/call.view.js';
import type { Answer } from './api.js';
import { CallWorld, type CallRow, type SeatedAgent } from './call-world.js';
import type { FakeMediaServer } from './fake-media-servers.js';
import type { Refusal } from './selection-world.js';

export type TransferRow = CallRow & {
  readonly id: string;
  readonly queue_id: string | null;
  readonly wanted_agent_id: string | null;
  readonly origin_call_id: string | null;
  readonly purpose: string | null;
  readonly from_number: string;
  readonly to_number: string;
  readonly far_media_server_id: string | null;
};

/** Calls that are handed on: two media servers, agents on either. */
export class TransferWorld {
  private constructor(
    readonly calls: CallWorld,
    readonly first: FakeMediaServer,
    readonly other: FakeMediaServer,
  ) {}

  static async create(): Promise<TransferWorld> {
    const calls = await CallWorld.create({ RECONCILE_SECONDS: '1' });
    const other = await calls.ingest.mediaServer('ms2');
    await calls.ingest.health(other, 'healthy');
    return new TransferWorld(calls, calls.ingest.servers[0]!, other);
  }

  /** Nobody is on the line any more, nobody is ready, and agents are back at once. */
  async clear(): Promise<void> {
    for (const { asterisk } of [this.first, this.other]) for (const { uniqueid } of [...asterisk.model.channels.values()]) asterisk.hangup(uniqueid);
    await this.calls.database.query("UPDATE calls SET state = 'ended' WHERE state <> 'ended'");
    await this.calls.database.query("UPDATE agents SET state = 'offline'");
    await this.calls.settings({ wrapUpSeconds: 0 });
  }

  /** An agent on this media server. */
  async seatedOn(server: FakeMediaServer): Promise<SeatedAgent> {
    await this.calls.database.query("UPDATE media_servers SET mode = IF(id = ?, 'active', 'draining')", [server.id]);
    const agent = await this.calls.seatedAgent();
    await this.calls.database.query("UPDATE media_servers SET mode = 'active'");
    return agent;
  }

  row(id: string): Promise<TransferRow> {
    return this.calls.row(id) as Promise<TransferRow>;
  }

  /** The last call that came of this one. */
  async cameOf(id: string): Promise<TransferRow> {
    return (await this.calls.database.query<TransferRow>('SELECT * FROM calls WHERE origin_call_id = ? ORDER BY id DESC', [id]))[0]!;
  }

  async nameOf({ id }: SeatedAgent): Promise<string> {
    return `agent:${(await this.calls.database.query<{ username: string }>('SELECT username FROM agents WHERE id = ?', [id]))[0]!.username}`;
  }

  transfer(agent: Pick<SeatedAgent, 'token'>, id: string, body: unknown): Promise<Answer<CallView & Refusal>> {
    return this.calls.post(agent.token, `/${id}/transfer`, body);
  }

  async blindTo(agent: SeatedAgent, id: string, colleague: SeatedAgent): Promise<Answer<CallView & Refusal>> {
    return this.transfer(agent, id, { to: await this.nameOf(colleague), kind: 'blind' });
  }
}

/** What a media server was ordered, of one kind. */
export function actions({ asterisk }: FakeMediaServer, name: string): Record<string, string | undefined>[] {
  return asterisk.sessions.flatMap(({ received }) => received).filter((action) => action.get('Action') === name)
    .map((action) => ({ channel: action.get('Channel'), context: action.get('Context'), exten: action.get('Exten'), variable: action.get('Variable'), value: action.get('Value') }));
}
