/** The headers of one message. Has no prototype, so a header named `__proto__` or `constructor` is a header like any other. */
export type AmiHeaders = Readonly<Record<string, string | readonly string[]>>;

/** Names and values as they stood, in two lists: half again as fast as properties, whose names V8 would have to intern first. */
interface Lines {
  names: string[];
  values: string[];
}

const END_OF_LINE = '\r\n';
const SPACE = 32;

/**
 * One event or response as it stood on the wire. Headers are read when they are first asked for: most events of a busy
 * server are of no interest, and finding that out costs only their first line.
 */
export class AmiMessage {
  private read: Lines | undefined;
  private name: string | undefined;

  /** @param text the message without its closing blank line, lines parted by CR LF */
  constructor(readonly text: string) {}

  /** Name of the event, undefined for a response. */
  get Event(): string | undefined {
    return (this.name ??= this.leading('Event: '));
  }

  /** `Success`, `Error`, `Goodbye`, ...; undefined for an event. */
  get Response(): string | undefined {
    return this.leading('Response: ');
  }

  /** The id of the action this answers, or whose list it is part of. */
  get ActionID(): string | undefined {
    // Asterisk puts it second, and no value can hold a line end: looking for the line is safe and spares the parsing.
    const at = this.text.indexOf('\r\nActionID: ');
    if (at < 0) return undefined;
    const end = this.text.indexOf(END_OF_LINE, at + 12);
    return end < 0 ? this.text.slice(at + 12) : this.text.slice(at + 12, end);
  }

  /** Value of a header, the first one if it is repeated; undefined if it is absent. Names are compared as Asterisk writes them. */
  get(name: string): string | undefined {
    const { names, values } = this.lines;
    const at = names.indexOf(name);
    return at < 0 ? undefined : values[at];
  }

  /** Every value of a header in the order of the wire (`ChanVariable`, `Output`, `Variable`, ...). */
  all(name: string): readonly string[] {
    const { names, values } = this.lines;
    return values.filter((_, index) => names[index] === name);
  }

  /** All headers as an object, made anew at each call; a repeated one is an array. */
  get headers(): AmiHeaders {
    const { names, values } = this.lines;
    const headers = Object.create(null) as Record<string, string | string[]>;
    names.forEach((name, index) => {
      const value = values[index] ?? '';
      const present = headers[name];
      if (present === undefined) headers[name] = value;
      else if (typeof present === 'object') present.push(value);
      else headers[name] = [present, value];
    });
    return headers;
  }

  private get lines(): Lines {
    return (this.read ??= readLines(this.text));
  }

  private leading(prefix: string): string | undefined {
    if (!this.text.startsWith(prefix)) return undefined;
    const end = this.text.indexOf(END_OF_LINE);
    return end < 0 ? this.text.slice(prefix.length) : this.text.slice(prefix.length, end);
  }
}

function readLines(text: string): Lines {
  const names: string[] = [];
  const values: string[] = [];
  let at = 0;
  let colon = -1;
  while (at < text.length) {
    let end = text.indexOf(END_OF_LINE, at);
    if (end < 0) end = text.length;
    if (colon < at) colon = text.indexOf(':', at);
    // No colon in the rest of the message: searching again for each line would be quadratic.
    if (colon < 0) break;
    if (colon > at && colon < end) {
      names.push(text.slice(at, colon));
      // "Name: value" with exactly one space; anything further belongs to the value.
      values.push(text.slice(text.charCodeAt(colon + 1) === SPACE ? colon + 2 : colon + 1, end));
    }
    at = end + END_OF_LINE.length;
  }
  return { names, values };
}
