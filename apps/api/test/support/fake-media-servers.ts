import { randomUUID } from 'node:crypto';
import { FakeAmiServer } from '@nailup/ami/testing';
import { amiSecretContext } from '../../src/media-servers/media-server.mapping.js';
import { DerivedKeys } from '../../src/secrets/keys.js';
import { SecretBox } from '../../src/secrets/secret-box.js';
import type { FreshDatabase } from './database.js';
import { FakeSipSide } from './fake-sip-side.js';
import { testSecretKey } from './manager.js';

const box = new SecretBox(new DerivedKeys(Buffer.from(testSecretKey, 'base64')));

/** A media server of the pool with an Asterisk behind it that speaks real AMI on loopback. */
export interface FakeMediaServer {
  readonly id: string;
  readonly name: string;
  readonly asterisk: FakeAmiServer;
  /** Its SIP side, where the test wanted one; its address leads nowhere otherwise. */
  readonly sip: FakeSipSide | null;
}

/** What a manager knows of a media server. */
export interface ServerRow {
  readonly health: string;
  readonly healthReason: string | null;
  readonly seats: number;
  readonly owner: string | null;
  readonly epoch: number;
  readonly version: string | null;
  readonly loadAverage: number | null;
}

/** Starts an Asterisk and enters it in the pool, as an operator would: nothing is known of it yet. */
export async function addFakeMediaServer(database: FreshDatabase, name: string, withSip = false): Promise<FakeMediaServer> {
  const asterisk = await new FakeAmiServer({ systemName: name }).start();
  const sip = withSip ? await new FakeSipSide().start() : null;
  const id = randomUUID();
  const { host, port, username, secret } = asterisk.address;
  await database.query(
    `INSERT INTO media_servers (id, name, host, web_socket_url, sip_uri, ami_host, ami_port, ami_tls, ami_username, ami_secret_encrypted, capacity)
     VALUES (?, ?, ?, ?, ?, ?, ?, FALSE, ?, ?, 100)`,
    [id, name, `${name}.test`, sip?.url ?? `ws://${name}.test:8088/ws`, `sip:${name}.test:5060`, host, port, username, box.seal(secret, amiSecretContext(id))],
  );
  return { id, name, asterisk, sip };
}

export async function serverRow(database: FreshDatabase, id: string): Promise<ServerRow> {
  const [row] = await database.query<ServerRow>(
    'SELECT health, health_reason AS healthReason, seats, ami_owner AS owner, ami_epoch AS epoch, version, load_average AS loadAverage FROM media_servers WHERE id = ?',
    [id],
  );
  if (!row) throw new Error(`There is no media server ${id}`);
  return row;
}
