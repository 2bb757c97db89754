// @ts-check
// Three AMI clients behind one face: ours, and the two of npm as published.

/**
 * @typedef {object} Client
 * @property {() => Promise<unknown>} open connects and logs in
 * @property {(fields: Record<string, string>) => Promise<unknown>} action resolves with the answer
 * @property {(event: unknown, name: string) => string | undefined} field
 * @property {(event: unknown, name: string) => readonly string[]} all every value of a header that is there more than once
 * @property {unknown[]} events what it told so far
 * @property {() => boolean} ended whether it has said that the connection is gone
 */
export const LIBRARIES = /** @type {const} */ (['nailup', 'asterisk-ami-client', 'asterisk-manager']);
/** @typedef {typeof LIBRARIES[number]} Library */

/** @param {Library} library @param {number} port of a server on 127.0.0.1 @param {(event: any) => void} [listener] @returns {Promise<Client>} not yet connected */
export async function openClient(library, port, listener) {
  /** @type {any[]} */
  const events = [];
  const hear = listener ?? ((event) => void events.push(event));
  let gone = false;
  const ended = () => gone;
  const target = { host: '127.0.0.1', port };
  if (library === 'nailup') {
    const { AmiSession } = await import('@nailup/ami');
    // On a machine where the bench takes both cores, a pong may be late; whether silence is noticed at all is what is asked.
    const session = new AmiSession({ ...target, username: 'nailup', secret: 'secret', ...(listener ? { pingTimeoutMs: 60_000 } : {}) });
    session.on('event', hear);
    session.on('close', () => { gone = true; });
    return {
      events, ended, open: () => session.connect(), action: (fields) => session.action(/** @type {any} */ (fields)),
      field: (event, name) => /** @type {any} */ (event).get(name), all: (event, name) => /** @type {any} */ (event).all(name),
    };
  }
  if (library === 'asterisk-ami-client') {
    const { default: AmiClient } = await import('asterisk-ami-client');
    const client = new AmiClient(/** @type {any} */ ({ reconnect: false, keepAlive: listener === undefined, keepAliveDelay: 1_000, ...(listener ? { emitEventsByTypes: false, emitResponsesById: false } : {}) }));
    client.on('event', hear);
    client.on('internalError', () => undefined);
    client.on('disconnect', () => { gone = true; });
    const all = (/** @type {any} */ event, /** @type {string} */ name) => [event[name]].flat().filter((value) => value !== undefined);
    return {
      events, ended, all, field: (event, name) => /** @type {any} */ (event)[name],
      open: () => client.connect('nailup', 'secret', target), action: (fields) => /** @type {any} */ (client).action(fields, true),
    };
  }
  // @ts-expect-error it has no types
  const { default: Manager } = await import('asterisk-manager');
  const manager = Manager(null, target.host, 'nailup', 'secret', true);
  manager.on('managerevent', hear);
  for (const word of ['close', 'end']) manager.on(word, () => { gone = true; });
  const field = (/** @type {any} */ event, /** @type {string} */ name) => event[name.toLowerCase()];
  return {
    events, ended, field,
    all: (event, name) => {
      const value = field(event, name);
      if (value !== null && typeof value === 'object' && !Array.isArray(value)) return Object.entries(value).map(([key, one]) => `${key}=${one}`);
      return [value].flat().filter((one) => one !== undefined);
    },
    open: () => new Promise((resolve, reject) => manager.connect(port, target.host, () => manager.login((/** @type {unknown} */ error) => (error ? reject(error) : resolve(undefined))))),
    action: (fields) => new Promise((resolve, reject) => manager.action({ ...fields }, (/** @type {unknown} */ error, /** @type {unknown} */ answer) => (error ? reject(error) : resolve(answer)))),
  };
}
