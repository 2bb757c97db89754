import { createHash } from 'node:crypto';
import { connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls, type ConnectionOptions } from 'node:tls';
import { systemClock, type AmiClock } from './clock.js';
import { AmiConnection } from './connection.js';
import { AmiError } from './errors.js';
import { ActionIds } from './action-ids.js';
import type { AmiMessage } from './message.js';

/** Where and how to reach a manager port. */
export interface AmiTarget {
  host: string;
  port: number;
  /** TLS (port 5039): certificates are checked against `ca`, or the system's if it is left out. */
  tls?: boolean | { ca?: string; servername?: string };
}

export interface AmiConnectorOptions {
  clock?: AmiClock;
  /** From the first SYN to the answer of the log-in. */
  loginTimeoutMs?: number;
  pingIntervalMs?: number;
  pingTimeoutMs?: number;
  maxMessageBytes?: number;
  actionIds?: ActionIds;
}

export interface AmiConnector {
  connect(user: string, secret: string, target: AmiTarget): Promise<AmiConnection>;
}

/**
 * The connector that is put into asterisk-ami-client in place of its own.
 * `connect` resolves once logged in, and rejects with an AmiError (`connect-failed`, `not-asterisk`, `login-timeout`,
 * `login-refused`, `peer-closed`, `peer-lost`, `field-invalid`); it never stays open.
 */
export function createConnector(options: AmiConnectorOptions = {}): AmiConnector {
  const clock = options.clock ?? systemClock;
  const ids = options.actionIds ?? new ActionIds();
  return {
    connect(user, secret, target) {
      return new Promise((resolve, reject) => {
        const socket = openSocket(target);
        const connection = new AmiConnection(socket, {
          clock,
          maxMessageBytes: options.maxMessageBytes,
          heartbeat: {
            intervalMs: options.pingIntervalMs ?? 2000,
            timeoutMs: options.pingTimeoutMs ?? 4000,
            nextActionId: () => ids.next('ping'),
          },
        });
        let open = false;
        const deadlineMs = options.loginTimeoutMs ?? 5000;
        const cancelDeadline = clock.after(deadlineMs, () => {
          connection.close(new AmiError('login-timeout', `No answer to the log-in at ${target.host}:${target.port} within ${deadlineMs} ms`));
        });
        const fail = (reason: AmiError): void => {
          cancelDeadline();
          reject(open || reason.fault !== 'peer-lost' ? reason : new AmiError('connect-failed', reason.message, { cause: reason.cause }));
        };
        connection.once('close', fail);
        socket.once(target.tls ? 'secureConnect' : 'connect', () => {
          open = true;
          logIn(connection, { user, secret, ids }).then(
            () => {
              cancelDeadline();
              connection.off('close', fail);
              connection.loggedIn();
              resolve(connection);
            },
            (error: unknown) => connection.close(error instanceof AmiError ? error : new AmiError('login-refused', String(error))),
          );
        });
      });
    },
  };
}

function openSocket(target: AmiTarget): Socket {
  const { host, port } = target;
  if (!target.tls) return connectTcp({ host, port, noDelay: true, keepAlive: true });
  const extra: ConnectionOptions = target.tls === true ? {} : target.tls;
  return connectTls({ host, port, ...extra }).setNoDelay(true).setKeepAlive(true);
}

interface LogIn {
  user: string;
  secret: string;
  ids: ActionIds;
}

/** By challenge, so that the secret itself never crosses a wire that may not be TLS. MD5 is what AMI has. */
async function logIn(connection: AmiConnection, { user, secret, ids }: LogIn): Promise<void> {
  const challenge = await answerTo(connection, { Action: 'Challenge', ActionID: ids.next('challenge'), AuthType: 'MD5' });
  const word = accepted(challenge).get('Challenge') ?? '';
  const Key = createHash('md5').update(word + secret).digest('hex');
  accepted(await answerTo(connection, { Action: 'Login', ActionID: ids.next('login'), AuthType: 'MD5', Username: user, Key }));
}

function accepted(answer: AmiMessage): AmiMessage {
  if (answer.Response !== 'Success') throw new AmiError('login-refused', `Asterisk refused the log-in: ${answer.get('Message') ?? answer.text}`);
  return answer;
}

/** Never settles if the connection ends first; that end is told by `close`. */
function answerTo(connection: AmiConnection, action: { Action: string; ActionID: string; [header: string]: string }): Promise<AmiMessage> {
  return new Promise((resolve) => {
    const listen = (message: AmiMessage): void => {
      if (message.ActionID !== action.ActionID) return;
      connection.off('response', listen);
      resolve(message);
    };
    connection.on('response', listen);
    connection.write(action);
  });
}
