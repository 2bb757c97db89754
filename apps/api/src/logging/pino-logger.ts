import type { LoggerService, LogLevel } from '@nestjs/common';
import { pino, type Logger } from 'pino';

/** Nest tells every module and route at start; that is for whoever debugs it. */
const chatty = new Set(['NestFactory', 'InstanceLoader', 'RoutesResolver', 'RouterExplorer', 'NestApplication']);

/** One JSON line a fact. Nest's logger speaks through it, so modules use `new Logger(Name.name)` and nothing else. */
export class PinoLogger implements LoggerService {
  readonly pino: Logger;

  /** @param level one of pino's levels, or `silent` */
  constructor(level: string, name: string) {
    this.pino = pino({ level, base: { manager: name }, timestamp: pino.stdTimeFunctions.isoTime, formatters: { level: (label) => ({ level: label }) } });
  }

  log(message: unknown, ...rest: unknown[]): void {
    this.#write(chatty.has(String(rest.at(-1))) ? 'debug' : 'info', message, rest);
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.#write('error', message, rest);
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.#write('warn', message, rest);
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.#write('debug', message, rest);
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    this.#write('trace', message, rest);
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.#write('fatal', message, rest);
  }

  setLogLevels(_levels: LogLevel[]): void {
    // The level is LOG_LEVEL's, fixed at start.
  }

  /** Nest passes the context, the name of the class, as the last argument. */
  #write(level: 'info' | 'error' | 'warn' | 'debug' | 'trace' | 'fatal', message: unknown, rest: readonly unknown[]): void {
    const texts = rest.filter((part): part is string => typeof part === 'string');
    const context = texts.at(-1);
    const said = texts.slice(0, -1).join(' ');
    const error = [message, ...rest].find((part): part is Error => part instanceof Error);
    if (error !== undefined) this.pino[level]({ context, err: error }, said === '' ? error.message : said);
    else this.pino[level]({ context }, [String(message), said].filter((part) => part !== '').join(' '));
  }
}
