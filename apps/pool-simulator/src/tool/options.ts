import { parseArgs } from 'node:util';
import { type CallKind, callKinds } from '../life/callers.js';

export interface ToolOptions {
  readonly servers: number;
  readonly agents: number;
  readonly seed: number;
  readonly firstAddress: string;
  readonly amiPort: number;
  readonly capacity: number | undefined;
  readonly regions: readonly string[];
  readonly prefix: string;
  readonly managers: readonly string[];
  readonly enrolmentToken: string | undefined;
  readonly apiKey: string | undefined;
  readonly withinSeconds: number;
  readonly callers: number;
  readonly calls: CallKind;
  readonly number: string | undefined;
  readonly talkSeconds: number;
  readonly pauseSeconds: number;
  readonly durationSeconds: number;
  readonly controlPort: number | undefined;
  readonly json: boolean;
}

export const help = `npm run simulate -- [options]

  --servers N            media servers, each at an address of its own (10)
  --agents N             agents who take seats on them (0)
  --seed N               the same seed gives the same names, secrets, order and faults (1)
  --first-address IP     of the first server; the others follow (127.200.0.1)
  --ami-port N           of each (5038); 0 for any that is free
  --capacity N           of each (enough for all agents on three quarters of the servers)
  --regions a,b          dealt out to the servers in turn
  --prefix NAME          servers are NAME-001 ..., agents NAME-agent-00001 ... (sim)

  --manager URL[,URL]    enrol the servers there and let the agents take seats; without it the servers are opened and their addresses printed
  --enrolment-token T    good for as many servers (POST /media-servers/enrolment-tokens, or cli.js enrolment-token --uses N)
  --api-key K            scopes agents:read, agents:write, placements:write, media-servers:read; for --calls also calls:write (dialled), routes:read (routed)
  --within S             the agents come spread over this many seconds (60)
  --callers N            calls at the same time (0)
  --calls local|dialled|routed  client legs of no call, POST /calls, or a number that is called (local)
  --number N             whom they dial, allowed by the settings (+15550101); or the number that is called (+15550200)
  --talk S, --pause S    of a call, and between two of one caller, on average (20, 10)
  --duration S           ends by itself, with a summary (0: goes on until told otherwise)

  --control-port N       takes commands over HTTP on 127.0.0.1 as well: POST / with a line
  --json                 the summary as one line of JSON
`;

/** @throws Error that names the option */
export function readOptions(args: readonly string[]): ToolOptions | 'help' {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args: [...args],
    strict: true,
    options: {
      servers: text,
      agents: text,
      seed: text,
      'first-address': text,
      'ami-port': text,
      capacity: text,
      regions: text,
      prefix: text,
      manager: text,
      'enrolment-token': text,
      'api-key': text,
      within: text,
      callers: text,
      calls: text,
      number: text,
      talk: text,
      pause: text,
      duration: text,
      'control-port': text,
      json: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) return 'help';
  const number = (name: keyof typeof values, otherwise: number, least = 0): number => {
    const said = values[name];
    const value = said === undefined ? otherwise : Number(said);
    if (!Number.isFinite(value) || value < least) throw new Error(`--${name} must be a number from ${least} on`);
    return value;
  };
  const calls = callKinds.find((kind) => kind === (values.calls ?? 'local'));
  if (calls === undefined) throw new Error(`--calls must be one of ${callKinds.join(', ')}`);
  const managers = (values.manager ?? '').split(',').filter((url) => url !== '');
  if (managers.length > 0 && values['enrolment-token'] === undefined)
    throw new Error('--enrolment-token is missing: the servers join the pool of --manager by it');
  const agents = number('agents', 0);
  if (managers.length > 0 && agents > 0 && values['api-key'] === undefined) throw new Error('--api-key is missing: the agents ask for their seats by it');
  return {
    servers: number('servers', 10, 1),
    agents,
    seed: number('seed', 1),
    firstAddress: values['first-address'] ?? '127.200.0.1',
    amiPort: number('ami-port', 5038),
    capacity: values.capacity === undefined ? undefined : number('capacity', 0, 1),
    regions: (values.regions ?? '').split(',').filter((region) => region !== ''),
    prefix: values.prefix ?? 'sim',
    managers,
    enrolmentToken: values['enrolment-token'],
    apiKey: values['api-key'],
    withinSeconds: number('within', 60),
    callers: number('callers', 0),
    calls,
    number: values.number,
    talkSeconds: number('talk', 20),
    pauseSeconds: number('pause', 10),
    durationSeconds: number('duration', 0),
    controlPort: values['control-port'] === undefined ? undefined : number('control-port', 0),
    json: values.json ?? false,
  };
}
