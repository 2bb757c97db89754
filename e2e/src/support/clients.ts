import { randomUUID } from 'node:crypto';
import { AmiSession } from '@nailup/ami';
import type { MediaServer } from './sandbox.js';

/**
 * Brings a client leg into a conference, its other half being a context of the sandbox's dialplan: one that plays 1004 Hz (`tone`) or
 * one that records what it hears (`listen`). The order is given by AMI, as no endpoint can reach those contexts.
 */
export async function joinClient(server: MediaServer, conference: string, otherHalf: { Context: string; Exten: string }): Promise<{ hangUp(): Promise<void> }> {
  const channelId = `client-${randomUUID()}`;
  const order = async (fields: { Action: string } & Record<string, string | number>) => {
    const session = new AmiSession({ ...server.ami });
    await session.connect();
    try {
      await session.action(fields);
    } finally {
      await session.close();
    }
  };
  await order({ Action: 'Originate', Channel: `Local/${conference}@client`, ...otherHalf, Priority: 1, ChannelId: channelId, OtherChannelId: `${channelId}-2`, Async: 'true' });
  return {
    hangUp: async () => {
      const names = (await server.cli('core show channels concise')).split('\n').map((line) => line.split('!')[0] ?? '');
      // Either half takes the other one with it.
      const own = names.find((name) => name.startsWith(`Local/${conference}@client`));
      if (own) await order({ Action: 'Hangup', Channel: own });
    },
  };
}
