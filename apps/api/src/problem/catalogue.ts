interface Entry {
  readonly status: number;
  readonly title: string;
}

const entry = (status: number, title: string): Entry => ({ status, title });

/** Every refusal the manager can give: AREA.REASON -> HTTP status and a title that never changes with the occurrence. Codes are stable. */
export const catalogue = {
  'REQUEST.INVALID': entry(400, 'The request is not well formed'),
  'REQUEST.NOT_FOUND': entry(404, 'There is nothing at this address'),
  'REQUEST.TOO_LARGE': entry(413, 'The body is larger than 64 KiB'),
  'REQUEST.UNSUPPORTED_MEDIA_TYPE': entry(415, 'The body must be application/json'),
  'REQUEST.TOO_MANY': entry(429, 'Too many requests'),
  'REQUEST.HEADERS_TOO_LARGE': entry(431, 'The headers are too large'),
  'REQUEST.REFUSED': entry(400, 'The request was refused'),

  'AUTH.REQUIRED': entry(401, 'Sign in first'),
  'AUTH.INVALID_TOKEN': entry(401, 'The token is not valid, or no longer'),
  'AUTH.INVALID_CREDENTIALS': entry(401, 'The user name or the password is wrong'),
  'AUTH.SESSION_ENDED': entry(401, 'The session has ended'),
  'AUTH.FORBIDDEN': entry(403, 'This is not for your role'),
  'AUTH.MISSING_SCOPE': entry(403, 'The API key lacks a scope'),
  'AUTH.CROSS_SITE': entry(403, 'The request came from another site'),
  'AUTH.TOO_MANY_ATTEMPTS': entry(429, 'Too many failed sign-ins'),
  'AUTH.BUSY': entry(429, 'Too many people are signing in at this moment'),

  'IDEMPOTENCY.KEY_REUSED': entry(422, 'This idempotency key was used with another request'),
  'IDEMPOTENCY.IN_PROGRESS': entry(409, 'The first request with this idempotency key is still being answered'),

  'API_KEY.NOT_FOUND': entry(404, 'There is no such API key'),

  'AGENT.NOT_FOUND': entry(404, 'There is no such agent'),
  'AGENT.USERNAME_TAKEN': entry(409, 'Another agent has this user name'),
  'AGENT.LAST_ADMIN': entry(409, 'The last administrator cannot be removed'),
  'AGENT.ON_CALL': entry(409, 'The agent is on a call'),
  'AGENT.DISABLED': entry(409, 'The agent is disabled'),

  'MEDIA_SERVER.NOT_FOUND': entry(404, 'There is no such media server'),
  'MEDIA_SERVER.NAME_TAKEN': entry(409, 'Another media server has this name'),
  'MEDIA_SERVER.HAS_PLACEMENTS': entry(409, 'Agents still sit on this media server'),
  'MEDIA_SERVER.DISABLED': entry(409, 'The media server is disabled'),

  'ENROLMENT.HOST_NOT_ALLOWED': entry(422, 'This host may not enrol with this token'),
  'ENROLMENT.TOKEN_SPENT': entry(401, 'The enrolment token has been used up or has expired'),
  'ENROLMENT.TOKEN_NOT_FOUND': entry(404, 'There is no such enrolment token'),

  'SELECTION.NO_ELIGIBLE_SERVER': entry(503, 'No media server can take this agent now'),
  'SELECTION.POOL_FULL': entry(503, 'Every media server is full'),

  'PLACEMENT.NOT_FOUND': entry(404, 'There is no such placement'),
  'PLACEMENT.ENDED': entry(409, 'The placement has ended'),
  'PLACEMENT.CONFLICT': entry(409, 'The placement was changed by somebody else at the same moment'),

  'EVENTS.INVALID_TICKET': entry(401, 'The ticket is not valid, or no longer'),
  'EVENTS.TOO_MANY_STREAMS': entry(429, 'Too many live streams are open for this account'),

  'CONSOLE.NOT_BUILT': entry(503, 'This console has not been built'),
  'SERVICE.DATABASE_UNAVAILABLE': entry(503, 'The database does not answer'),
  'SERVICE.NOT_READY': entry(503, 'The manager is not ready'),
  'SERVICE.STOPPING': entry(503, 'The manager is being stopped'),
  'SERVICE.INTERNAL': entry(500, 'The manager failed'),
} as const satisfies Readonly<Record<string, Entry>>;

export type ProblemCode = keyof typeof catalogue;
