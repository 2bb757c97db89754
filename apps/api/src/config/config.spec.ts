import { ConfigError, readConfig } from './config.js';

const enough = { DATABASE_URL: 'mysql://u:p@127.0.0.1:3306/nailup', NAILUP_SECRET_KEY: Buffer.alloc(32, 1).toString('base64') };

function faultsOf(environment: Record<string, string>): readonly string[] {
  try {
    readConfig(environment, '/apps');
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
  return [];
}

describe('the configuration', () => {
  it('needs a database and a key, and has an answer to everything else', () => {
    const config = readConfig(enough, '/apps');
    expect(config).toMatchObject({ host: '127.0.0.1', port: 3000, managementPort: null, managerUrls: ['http://127.0.0.1:3000'], reservationSeconds: 30, lostGraceSeconds: 20, tls: null });
    expect(config.webRoots).toEqual({ softphone: '/apps/softphone/dist', admin: '/apps/admin/dist' });
    expect(Object.isFrozen(config)).toBe(true);
  });

  it('names every fault at once', () => {
    const faults = faultsOf({ PORT: 'x', LOG_LEVEL: 'loud', NAILUP_SECRET_KEY: 'c2hvcnQ=', TURN_URLS: 'turn:a', STUN_URLS: 'http://a', TLS_CERT: '/nowhere', RESERVATION_SECONDS: '0', PROXY_SECRET: 'short' });
    for (const name of ['PORT', 'LOG_LEVEL', 'NAILUP_SECRET_KEY', 'DATABASE_URL', 'TURN_SECRET', 'STUN_URLS', 'TLS_CERT', 'RESERVATION_SECONDS', 'PROXY_SECRET']) {
      expect(faults.some((fault) => fault.includes(name))).toBe(true);
    }
  });

  it('never repeats a secret in a fault', () => {
    expect(faultsOf({ ...enough, NAILUP_SECRET_KEY: 'dG9wc2VjcmV0' }).join()).not.toContain('dG9wc2VjcmV0');
    expect(faultsOf({ ...enough, DATABASE_URL: 'postgres://u:hunter2@h/d' }).join()).not.toContain('hunter2');
  });

  it('takes an empty variable for one that is not set', () => {
    expect(readConfig({ ...enough, PORT: ' ', TLS_CERT: '' }, '/apps').port).toBe(3000);
  });
});
