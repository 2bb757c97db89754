import { Callers } from '../life/callers.js';
import { compare } from '../life/compare.js';
import { Crew } from '../life/crew.js';
import { enrol, recruit } from '../life/enrol.js';
import { ManagerApi } from '../life/manager-api.js';
import { Pool } from '../pool.js';
import { commands, listenToLines, listenToRequests } from './control.js';
import type { ToolOptions } from './options.js';

/** From one line of progress to the next. */
const progressMs = 5_000;
/** Counts lag behind by what a manager gathers; a look that finds a difference looks again. */
const settleMs = 10_000;

/** Runs the tool until it is told to end. @param say writes one line */
export async function run(options: ToolOptions, say: (line: string) => void): Promise<void> {
  const capacity = options.capacity ?? Math.max(10, Math.ceil((options.agents / options.servers) * (4 / 3)));
  const pool = await Pool.open({ ...options, port: options.amiPort, capacity });
  const last = pool.servers.at(-1);
  say(
    `${options.servers} media servers speak AMI: ${pool.servers[0]?.host}:${pool.servers[0]?.port} to ${last?.host}:${last?.port}, ` +
      `user ${last?.username}, up to ${capacity} seats each.`,
  );
  const end = new Ending();
  process.once('SIGINT', () => end.now());
  process.once('SIGTERM', () => end.now());
  const meter = new Meter();
  const world = options.managers.length === 0 ? null : new World(pool, options, say);
  const port = {
    pool,
    status: (): string => [meter.line(), `${pool.channels} channels`, ...(world === null ? [] : [world.line()])].join(' · '),
    compare: async (): Promise<string> => (world === null ? 'There is no manager to compare with.' : JSON.stringify(await compare(pool, world.manager))),
    quit: () => end.now(),
  };
  const lines = listenToLines(process.stdin, port, say);
  const requests = options.controlPort === undefined ? null : await listenToRequests(options.controlPort, port);
  say(`Commands by line${requests === null ? '' : `, or POST http://127.0.0.1:${options.controlPort}/`}: help.`);
  if (world === null) {
    for (const { name, host, port: amiPort, username, secret } of pool.servers.slice(0, 3))
      say(`  ${name}: ${host}:${amiPort} user ${username} secret ${secret}`);
    say(commands);
  }
  const progress = setInterval(() => say(port.status()), progressMs);
  try {
    await Promise.race([end.came, world?.live(end) ?? end.came]);
    if (options.durationSeconds > 0) await Promise.race([end.came, end.after(options.durationSeconds * 1_000)]);
    else await end.came;
    clearInterval(progress);
    if (world !== null) say(await world.summary(meter));
  } finally {
    clearInterval(progress);
    lines.close();
    requests?.close();
    world?.stop();
    await pool.close();
  }
}

/** Agents and callers of a pool that managers know. */
class World {
  readonly manager: ManagerApi;
  private crew: Crew | undefined;
  private callers: Callers | undefined;
  private seatedMs = 0;

  constructor(
    private readonly pool: Pool,
    private readonly options: ToolOptions,
    private readonly say: (line: string) => void,
  ) {
    this.manager = new ManagerApi({ managers: options.managers, apiKey: options.apiKey ?? '' });
  }

  line(): string {
    const { figures, seated } = this.crew ?? {};
    if (figures === undefined) return 'nobody sits yet';
    const refused = [...figures.refused].map(([why, count]) => `, ${count} x ${why}`).join('');
    return `${seated?.length} of ${this.options.agents} agents sit, ${figures.calls} calls, ${figures.lost} legs lost${refused}`;
  }

  async live(end: Ending): Promise<void> {
    const { pool, manager, options, say } = this;
    await enrol(pool, manager, options.enrolmentToken ?? '');
    say(`All are enrolled with ${options.managers.join(', ')}.`);
    if (options.agents === 0) return;
    const agents = await recruit(manager, options.agents, options.prefix, (made) => made % 500 === 0 && say(`${made} agents made`));
    say(`${agents.length} agents come within ${options.withinSeconds} s.`);
    const crew = (this.crew = new Crew({ pool, manager, agents }));
    const began = performance.now();
    await Promise.race([end.came, crew.seatAll({ withinMs: options.withinSeconds * 1_000 })]);
    this.seatedMs = performance.now() - began;
    say(`${crew.seated.length} agents sit after ${(this.seatedMs / 1_000).toFixed(1)} s.`);
    if (options.callers > 0 && !end.isDue) {
      this.callers = new Callers({
        pool,
        crew,
        manager,
        kind: options.calls,
        number: options.number,
        atOnce: options.callers,
        talkMs: options.talkSeconds * 1_000,
        pauseMs: options.pauseSeconds * 1_000,
      }).start();
    }
  }

  async summary(meter: Meter): Promise<string> {
    await this.callers?.stop();
    const { crew } = this;
    const until = performance.now() + settleMs;
    let found = await compare(this.pool, this.manager);
    while (found.divergences.length > 0 && performance.now() < until) {
      await new Promise((resolve) => setTimeout(resolve, 250));
      found = await compare(this.pool, this.manager);
    }
    const p = (share: number): number | null => round(crew?.figures.toSeat.at(share) ?? null);
    const summary = {
      servers: this.pool.servers.length,
      agents: this.options.agents,
      seated: crew?.seated.length ?? 0,
      secondsToSeatAll: round(this.seatedMs / 1_000),
      placementsPerSecond: this.seatedMs === 0 ? 0 : round((crew?.figures.seated ?? 0) / (this.seatedMs / 1_000)),
      toSeatMs: { p50: p(0.5), p99: p(0.99) },
      legsLost: crew?.figures.lost ?? 0,
      calls: crew?.figures.calls ?? 0,
      refused: Object.fromEntries(crew?.figures.refused ?? []),
      maxMinusMin: found.spread,
      divergences: found.divergences.length,
      ...meter.figures(),
    };
    if (this.options.json) return JSON.stringify(summary);
    return [
      `${summary.seated} of ${summary.agents} agents sit on ${summary.servers} media servers (${found.healthy} healthy): ` +
        `${summary.placementsPerSecond} placements/s, ` +
        `to a seat p50 ${summary.toSeatMs.p50} ms, p99 ${summary.toSeatMs.p99} ms.`,
      `Most less fewest seats of a server: ${found.spread}. Counts that differ from the servers' own: ${found.divergences.length}. ${summary.calls} calls, ` +
        `${summary.legsLost} legs lost.`,
      `Refused: ${JSON.stringify(summary.refused)}. The simulator itself: ${summary.rssMb} MB resident, ` +
        `${summary.cpuSeconds} s of CPU in ${summary.seconds} s.`,
    ].join('\n');
  }

  stop(): void {
    this.crew?.stop();
    this.manager.close();
  }
}

/** Says when it is time to end. */
class Ending {
  isDue = false;
  now!: () => void;
  readonly came = new Promise<void>((resolve) => {
    this.now = () => {
      this.isDue = true;
      resolve();
    };
  });

  after(ms: number): Promise<void> {
    return new Promise((resolve) => void setTimeout(resolve, ms));
  }
}

/** What this process costs, by its own account. */
class Meter {
  private readonly began = performance.now();
  private lastAt = this.began;
  private last = process.cpuUsage();

  line(): string {
    const now = performance.now();
    const used = process.cpuUsage(this.last);
    const share = (used.user + used.system) / 10 / Math.max(1, now - this.lastAt);
    this.last = process.cpuUsage();
    this.lastAt = now;
    return `${Math.round((now - this.began) / 1_000)} s · ${Math.round(process.memoryUsage.rss() / 1e6)} MB · ${share.toFixed(0)} % of a core`;
  }

  figures(): { rssMb: number; cpuSeconds: number; seconds: number } {
    const { user, system } = process.cpuUsage();
    return {
      rssMb: Math.round(process.memoryUsage.rss() / 1e6),
      cpuSeconds: round((user + system) / 1e6) ?? 0,
      seconds: round((performance.now() - this.began) / 1_000) ?? 0,
    };
  }
}

function round(value: number): number;
function round(value: number | null): number | null;
function round(value: number | null): number | null {
  return value === null ? null : Math.round(value * 10) / 10;
}
