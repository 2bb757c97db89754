import { createHash } from 'node:crypto';
import type { FarEnd, FarLeg } from './asterisk/outbound.js';
import { Chance } from './chance.js';
import { demoNumbers } from './far-end.js';
import { SimulatedServer } from './server.js';
import { machineTime, type Time } from './time.js';

export interface PoolOptions {
  /** How many. */
  readonly servers: number;
  /** The same seed gives the same names, secrets, ids and mischief. */
  readonly seed?: number;
  /** Address of the first one; the others follow. Somewhere in 127.0.0.0/8. */
  readonly firstAddress?: string;
  /** AMI port of each; 0 (when left out) for any that is free. */
  readonly port?: number;
  /** Their names are this and a number: `sim-001`. */
  readonly prefix?: string;
  readonly capacity?: number;
  /** Regions, dealt out in turn. */
  readonly regions?: readonly string[];
  readonly time?: Time;
  /** What becomes of numbers that are dialled; the demo numbers when left out, see `demoNumbers`. */
  readonly farEnd?: (leg: FarLeg, server: SimulatedServer) => void;
}

/** A pool of media servers that speak real AMI, in this process. */
export class Pool {
  /** Where legs go that one media server dials to another one (`across`); refused while nobody takes them. */
  across: ((leg: FarLeg, server: SimulatedServer) => void) | null = null;

  private constructor(
    readonly servers: readonly SimulatedServer[],
    readonly chance: Chance,
  ) {}

  /** Opens all of them. @throws when an address or port is taken; none stays open then */
  static async open(options: PoolOptions): Promise<Pool> {
    const { seed = 1, prefix = 'sim', firstAddress = '127.200.0.1', port = 0, capacity = 150, regions = [], time = machineTime } = options;
    const chance = new Chance(seed);
    const width = Math.max(3, String(options.servers).length);
    const servers = Array.from({ length: options.servers }, (_, index) => {
      const name = `${prefix}-${String(index + 1).padStart(width, '0')}`;
      const own = chance.of(name);
      const farEnd: FarEnd = (leg) => (pool.across !== null && leg.number.includes('@') ? pool.across(leg, server) : (options.farEnd ?? dial)(leg, server));
      const dial = demoNumbers(own.of('far end'), time);
      const secret = createHash('sha256').update(`${seed}/${name}`).digest('hex').slice(0, 32);
      const server: SimulatedServer = new SimulatedServer({
        name,
        host: addressAfter(firstAddress, index),
        port,
        secret,
        capacity,
        region: regions[index % regions.length] ?? null,
        time,
        chance: own,
        farEnd,
      });
      return server;
    });
    const pool = new Pool(servers, chance);
    try {
      await Promise.all(servers.map((server) => server.open()));
    } catch (error) {
      await pool.close();
      throw error;
    }
    return pool;
  }

  /** By name, or by its id in the pool of a manager. @throws Error when there is none */
  server(which: string): SimulatedServer {
    const found = this.servers.find(({ name, enrolled }) => name === which || enrolled?.id === which);
    if (found === undefined) throw new Error(`There is no media server ${which} here`);
    return found;
  }

  /** Channels over all of them. */
  get channels(): number {
    return this.servers.reduce((sum, { asterisk }) => sum + asterisk.board.channels.size, 0);
  }

  async close(): Promise<void> {
    await Promise.all(this.servers.map((server) => server.close()));
  }
}

/** The address `steps` behind another one; the last number of a block is used as well, as it is in 127.0.0.0/8. */
export function addressAfter(first: string, steps: number): string {
  const start = first.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  const value = start + steps;
  return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.');
}
