/**
 * Why an action or a session ended. Every failure on the wire has one of these names; no caller has to read sentences.
 */
export type AmiFault =
  /** TCP or TLS could not be set up; `cause` holds the error of the socket (ECONNREFUSED, a bad certificate, ...). */
  | 'connect-failed'
  /** Whoever answers is not an Asterisk manager. */
  | 'not-asterisk'
  /** No answer to the log-in within the deadline, counted from the first SYN. */
  | 'login-timeout'
  | 'login-refused'
  /** The peer ended the connection in order (FIN): a stopped or killed process. */
  | 'peer-closed'
  /** The connection broke (RST, unreachable); `cause` holds the error of the socket. */
  | 'peer-lost'
  /** TCP is up and nothing comes: half-open, or a process that is stopped. */
  | 'peer-silent'
  /** A message grew past the limit without ending. */
  | 'message-too-long'
  /** A list grew past the limit without ending. */
  | 'list-too-long'
  /** A list ended with fewer or more items than Asterisk said it sent: it must not be believed. */
  | 'list-incomplete'
  | 'action-timeout'
  /** Asterisk answered `Response: Error`; `response` holds what it said. */
  | 'action-refused'
  /** A field that would break the framing or that Asterisk would cut; nothing was sent. */
  | 'field-invalid'
  /** Not connected yet, or not any more. */
  | 'not-connected'
  /** Closed by this side. */
  | 'closed';

/** The one error of this room. `fault` is stable and meant for code, `message` for people. */
export class AmiError extends Error {
  override readonly name = 'AmiError';

  constructor(
    readonly fault: AmiFault,
    message: string,
    options?: { cause?: unknown },
  ) {
    super(message, options);
  }
}
