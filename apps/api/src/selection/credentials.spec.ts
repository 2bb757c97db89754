import { createHash, createHmac } from 'node:crypto';
import { mintPassword, mintUsername } from './credentials.js';
import { iceServersFor } from './ice-servers.js';

describe('what a browser sits down with', () => {
  it('a user name is a plain word that nobody can guess', () => {
    const names = Array.from({ length: 500 }, () => mintUsername());
    expect(new Set(names).size).toBe(500);
    for (const name of names) expect(name).toMatch(/^[a-z][a-z0-9]{17}$/);
  });

  it('a password is new each time, and what is kept is the hash Asterisk compares', () => {
    const first = mintPassword('k3x9');
    expect(mintPassword('k3x9').password).not.toBe(first.password);
    expect(first.ha1).toBe(createHash('md5').update(`k3x9:nailup:${first.password}`).digest('hex'));
  });

  it('relay credentials live an hour and name the agent, as coturn checks them', () => {
    const config = { stunUrls: ['stun:a'], turnUrls: ['turn:b', 'turns:b'], turnSecret: 'relay' };
    const username = '1003600:alice';
    expect(iceServersFor('alice', 1_000_000_500, config)).toEqual([
      { urls: ['stun:a'] },
      { urls: ['turn:b', 'turns:b'], username, credential: createHmac('sha1', 'relay').update(username).digest('base64') },
    ]);
    expect(iceServersFor('alice', 0, { stunUrls: [], turnUrls: [], turnSecret: null })).toEqual([]);
  });
});
