import { AmiError } from './errors.js';

/** An action as the caller writes it. An array repeats the header (`Variable: ['A=1', 'B=2']`). */
export interface AmiFields {
  readonly Action: string;
  readonly [header: string]: AmiFieldValue;
}

export type AmiFieldValue = string | number | boolean | readonly (string | number | boolean)[] | undefined;

/** Asterisk reads a line into a buffer of 1025 bytes and silently drops one that does not fit (main/manager.c). */
const LONGEST_LINE_BYTES = 1023;
/** AST_MAX_MANHEADERS: headers past it are ignored, again without a word. */
const MOST_HEADERS = 128;
/** Some lists cut `ActionID: …` at 80 bytes, line end included, and so join it with the next header (app_confbridge.c). */
const LONGEST_ACTION_ID = 64;
const NAME = /^[A-Za-z0-9_()-]+$/;
const BREAKS_FRAMING = /[\r\n\0]/;

/**
 * The bytes of an action. An undefined field is left out.
 * @throws AmiError `field-invalid` for a name or value that could begin another header or action (CR, LF, NUL), or that
 *   Asterisk would drop or cut; the value itself is not repeated in the message, it may be a secret
 */
export function encodeAction(fields: AmiFields): string {
  let headers = 0;
  let text = '';
  for (const [name, value] of Object.entries(fields)) {
    if (value === undefined) continue;
    for (const one of isRepeated(value) ? value : [value]) {
      text += encodeHeader(name, String(one));
      headers += 1;
    }
  }
  if (headers > MOST_HEADERS) {
    throw new AmiError('field-invalid', `An action of ${headers} headers; Asterisk reads ${MOST_HEADERS}`);
  }
  return `${text}\r\n`;
}

function encodeHeader(name: string, value: string): string {
  if (!NAME.test(name)) throw new AmiError('field-invalid', `${JSON.stringify(name)} is no header name`);
  if (BREAKS_FRAMING.test(value)) {
    throw new AmiError('field-invalid', `The value of ${name} holds a line end or NUL, which would begin another header`);
  }
  if (name.toLowerCase() === 'actionid' && value.length > LONGEST_ACTION_ID) {
    throw new AmiError('field-invalid', `The ActionID has ${value.length} characters; lists of Asterisk answer with at most ${LONGEST_ACTION_ID}`);
  }
  const line = `${name}: ${value}`;
  if (line.length > LONGEST_LINE_BYTES / 3 && Buffer.byteLength(line) > LONGEST_LINE_BYTES) {
    throw new AmiError('field-invalid', `The value of ${name} is longer than the line Asterisk reads (${LONGEST_LINE_BYTES} bytes)`);
  }
  return `${line}\r\n`;
}

function isRepeated(value: NonNullable<AmiFieldValue>): value is readonly (string | number | boolean)[] {
  return Array.isArray(value);
}
