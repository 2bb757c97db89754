import { hash, randomBytes } from 'node:crypto';

/** The realm Asterisk names in its challenge for our endpoints, and the one the stored hash is made with (RFC 7616 section 3.4.2). */
export const sipRealm = 'nailup';

/** A password opens a call for this long after it was minted, also on a seat that is connected; who comes later asks for a fresh one. */
export const sipSeconds = 60;

/** What a browser needs to sit down, minted for one placement; the password is told once and never kept. */
export interface SipCredentials {
  readonly username: string;
  readonly password: string;
  /** MD5(username:realm:password), which is what Asterisk's `md5_cred` holds. */
  readonly ha1: string;
}

const letters = 'abcdefghijklmnopqrstuvwxyz';
const lettersAndDigits = `${letters}0123456789`;

/** A source of unguessable bytes. */
export type RandomBytes = (count: number) => Buffer;

const poolBytes = 4_096;
let pool = Buffer.alloc(0);

/** `randomBytes`, asked for many at once: each question to the kernel's generator costs as much as the rest of a seat. Bytes are given out once. */
function pooledBytes(count: number): Buffer {
  if (pool.length < count) pool = randomBytes(poolBytes);
  const taken = pool.subarray(0, count);
  pool = pool.subarray(count);
  return taken;
}

/**
 * A SIP user name nobody can guess (about 93 bits), which names the conference as well: lower-case letters and digits,
 * a letter first, so that it is a plain word to SIP, to the dialplan and to a channel name.
 */
export function mintUsername(random: RandomBytes = pooledBytes): string {
  const bytes = random(18);
  return [...bytes].map((byte, at) => charOf(at === 0 ? letters : lettersAndDigits, byte)).join('');
}

/** A fresh password for a user name (192 bits), and the hash of it that Asterisk checks. */
export function mintPassword(username: string, random: RandomBytes = pooledBytes): SipCredentials {
  const password = random(24).toString('base64url');
  const ha1 = hash('md5', `${username}:${sipRealm}:${password}`, 'hex');
  return { username, password, ha1 };
}

/** A byte is not spread evenly over 26 or 36 characters; the bias costs less than half a bit of the 93. */
function charOf(alphabet: string, byte: number): string {
  return alphabet.charAt(byte % alphabet.length);
}
