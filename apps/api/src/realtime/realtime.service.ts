import { Injectable } from '@nestjs/common';
import { CallLookups, callTables } from './call-lookups.js';
import { Lines } from './lines.js';
import { type Condition, formEncode, matches, type RealtimeRow } from './realtime-query.js';
import { SeatDirectory } from './seat-directory.js';
import { aorRow, realtimeTables, seatRow } from './seat-rows.js';
import { SupervisorRows } from './supervisor-rows.js';

/** The user name as it is minted; anything else cannot be anybody's, and asking the database for it would be a waste. */
const username = /^[a-z][a-z0-9]{1,63}$/;

/** Answers Asterisk's lookups. A miss, an unknown table and an unknown operation look alike: nothing. */
@Injectable()
export class RealtimeService {
  constructor(
    private readonly seats: SeatDirectory,
    private readonly calls: CallLookups,
    private readonly supervisors: SupervisorRows,
    private readonly lines: Lines,
  ) {}

  /** @returns form-encoded rows, one a line; `single` answers the first alone */
  async answer(mediaServerId: string, table: string, operation: string, conditions: readonly Condition[]): Promise<string> {
    const ofCalls = callTables.find((one) => one === table);
    if (ofCalls) {
      // func_realtime asks one thing: single, id=x. What else is asked of these tables nobody answers, least of all by spending a target.
      const [asked, ...more] = conditions;
      if (operation !== 'single' || more.length > 0 || asked?.field !== 'id' || asked.operator !== '=') return '';
      const row = await this.calls.find(mediaServerId, ofCalls, asked.value);
      return formEncode(row ? [row] : []);
    }
    if (table === 'ps_contacts') return this.#contact(mediaServerId, operation, conditions);
    if (table === 'ps_aors') return this.#aor(operation, conditions);
    const known = realtimeTables.find((one) => one === table);
    if (!known || (operation !== 'single' && operation !== 'multi')) return '';
    const id = conditions.find(({ field, operator }) => field === 'id' && operator === '=')?.value;
    if (id !== undefined && SupervisorRows.isName(id)) return formEncode((await this.supervisors.find(mediaServerId, known, id)).filter((row) => matches(row, conditions)));
    // Asterisk asks for user@domain before it asks for the user; an answer to that form breaks authentication.
    if (operation === 'single' && (id === undefined || !username.test(id))) return '';
    const seats = id === undefined ? await this.seats.all(mediaServerId) : username.test(id) ? await this.seats.byUsername(mediaServerId, id) : [];
    const rows = seats.map((seat) => seatRow(known, seat)).filter((row): row is RealtimeRow => row !== null && matches(row, conditions));
    return formEncode(operation === 'single' ? rows.slice(0, 1) : rows);
  }

  /** The same for every seat, and told also when it has ended: a registrar that finds no AOR keeps its Contact for ever. Nobody registers to supervise. */
  #aor(operation: string, conditions: readonly Condition[]): string {
    const id = conditions.find(({ field, operator }) => field === 'id' && operator === '=')?.value ?? '';
    return operation === 'single' && username.test(id) && !SupervisorRows.isName(id) ? formEncode([aorRow(id)]) : '';
  }

  /** Contacts live in the memory of their media server (asterisk/config/sorcery.conf); nothing is kept of them here. */
  #contact(mediaServerId: string, operation: string, conditions: readonly Condition[]): string {
    if (operation === 'destroy') this.lines.gone(mediaServerId, conditions.find(({ field }) => field === 'id')?.value ?? '');
    // How many rows were changed. res_config_curl reads past the end of an empty answer.
    return ['store', 'update', 'destroy'].includes(operation) ? '1\n' : '';
  }
}
