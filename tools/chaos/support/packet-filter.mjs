// @ts-check
// Networks that fall silent: what is sent is lost, nothing is closed and nobody is told.

import { Fault, findProgram, run } from '../../sandbox/machine.mjs';

/** By it the rules of a run that was killed are known. */
const mark = ['-m', 'comment', '--comment', 'nailup-chaos'];

/**
 * Loses packets of this machine's loopback network as they arrive: who sends one that is lost on the way out is told (EPERM), which no dead line does.
 * Takes away what a run that was killed left cut.
 * @throws {Fault} when there is no packet filter
 */
export async function packetFilter() {
  if (!findProgram('iptables')) throw new Fault('No packet filter is here to cut a network with: install it (apt-get install iptables), or name the other faults with --only.');
  const iptables = async (/** @type {string[]} */ ...args) => {
    const { code, output } = await run('iptables', ['-w', ...args]);
    if (code !== 0) throw new Fault(`The packet filter refuses "iptables ${args.join(' ')}": ${output.trim()}`);
    return output;
  };
  const left = (await iptables('-S', 'INPUT')).split('\n').filter((line) => line.includes(mark.join(' ')));
  for (const rule of left) await iptables('-D', ...rule.trim().split(' ').slice(1));
  return {
    /**
     * Cuts what fits each of these rules of iptables. @param {string[][]} rules
     * @returns {Promise<() => Promise<void>>} mends it; once, however often that is asked
     */
    async cut(rules) {
      /** @type {string[][]} */
      const standing = [];
      const mend = async () => { for (const rule of standing.splice(0)) await iptables('-D', 'INPUT', ...rule); };
      for (const rule of rules.map((one) => [...one, ...mark, '-j', 'DROP'])) {
        await iptables('-I', 'INPUT', ...rule).catch(async (error) => {
          await mend();
          throw error;
        });
        standing.push(rule);
      }
      return mend;
    },
  };
}

/** Everything from and to these addresses. @param {string[]} addresses */
export const everythingOf = (addresses) => addresses.flatMap((address) => [['-s', address], ['-d', address]]);

/** Everything between two addresses. @param {string} one @param {string} other */
export const everythingBetween = (one, other) => [['-s', one, '-d', other], ['-s', other, '-d', one]];
