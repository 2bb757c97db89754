interface Entry {
  readonly status: number;
  readonly title: string;
  readonly detail: string;
}

const entry = (status: number, title: string, detail: string): Entry => ({ status, title, detail });

/**
 * Every refusal the manager can give: AREA.REASON -> HTTP status, a title that never changes with the occurrence, and what is said in `detail` when
 * the occurrence has nothing of its own to add: what it means, or what helps. Codes are stable.
 */
export const catalogue = {
  'REQUEST.INVALID': entry(400, 'The request is not well formed', 'Compare the request with the document at /api/docs.'),
  'REQUEST.NOT_FOUND': entry(404, 'There is nothing at this address', 'No route has this method and path; /api/docs lists them all.'),
  'REQUEST.TOO_LARGE': entry(413, 'The body is larger than 64 KiB', 'Send less than 65,536 bytes at once.'),
  'REQUEST.UNSUPPORTED_MEDIA_TYPE': entry(415, 'The body must be application/json', 'Send JSON with `Content-Type: application/json`.'),
  'REQUEST.TOO_MANY': entry(429, 'Too many requests', 'Wait as long as Retry-After says, then try again.'),
  'REQUEST.HEADERS_TOO_LARGE': entry(431, 'The headers are too large', 'Send fewer or shorter headers and cookies.'),
  'REQUEST.REFUSED': entry(400, 'The request was refused', 'The request breaks a rule of HTTP that this service keeps.'),

  'AUTH.REQUIRED': entry(401, 'Sign in first', 'Send `Authorization: Bearer` with an access token or an API key.'),
  'AUTH.INVALID_TOKEN': entry(401, 'The token is not valid, or no longer', 'It was cut, has expired or was taken back, or its account is disabled: get a new one.'),
  'AUTH.INVALID_CREDENTIALS': entry(401, 'The user name or the password is wrong', 'Nobody who may sign in has this user name with this password.'),
  'AUTH.SESSION_ENDED': entry(401, 'The session has ended', 'It was signed out, has run out, or was used from somewhere else: sign in again.'),
  'AUTH.FORBIDDEN': entry(403, 'This is not for your role', 'Another role is needed for this; an administrator can give it.'),
  'AUTH.MISSING_SCOPE': entry(403, 'The API key lacks a scope', 'Use a key with the scope this route asks for.'),
  'AUTH.CROSS_SITE': entry(403, 'The request came from another site', 'Sessions are opened, kept and closed from the pages of this origin only.'),
  'AUTH.TOO_MANY_ATTEMPTS': entry(429, 'Too many failed sign-ins', 'Wait as long as Retry-After says; the right password is not tried before that either.'),
  'AUTH.BUSY': entry(429, 'Too many people are signing in at this moment', 'Nothing is wrong with the password: try again in a moment.'),

  'IDEMPOTENCY.KEY_REUSED': entry(422, 'This idempotency key was used with another request', 'Use a new key for each new request, and the same one only to repeat it unchanged.'),
  'IDEMPOTENCY.IN_PROGRESS': entry(409, 'The first request with this idempotency key is still being answered', 'Repeat it with the same key in a moment to get that answer.'),

  'API_KEY.NOT_FOUND': entry(404, 'There is no such API key', 'It never was, or it belongs to another installation.'),

  'AGENT.NOT_FOUND': entry(404, 'There is no such agent', 'Nobody you may see has this id; the agent may have been deleted.'),
  'AGENT.USERNAME_TAKEN': entry(409, 'Another agent has this user name', 'Choose another one; capital and small letters are the same here.'),
  'AGENT.LAST_ADMIN': entry(409, 'The last administrator cannot be removed', 'Make somebody else administrator first.'),
  'AGENT.ON_CALL': entry(409, 'The agent is on a call', 'Wait until the call has ended.'),
  'AGENT.DISABLED': entry(409, 'The agent is disabled', 'An administrator can enable the agent again.'),

  'MEDIA_SERVER.NOT_FOUND': entry(404, 'There is no such media server', 'No media server of the pool has this id; it may have been deleted.'),
  'MEDIA_SERVER.NAME_TAKEN': entry(409, 'Another media server has this name', 'Choose another one, or delete the other server first.'),
  'MEDIA_SERVER.HAS_PLACEMENTS': entry(409, 'Agents still sit on this media server', 'Drain it first, and delete it when it is empty.'),
  'MEDIA_SERVER.DISABLED': entry(409, 'The media server is disabled', 'Make it active first.'),

  'ENROLMENT.HOST_NOT_ALLOWED': entry(422, 'This host may not enrol with this token', 'The token admits hosts of one address block only.'),
  'ENROLMENT.TOKEN_SPENT': entry(401, 'The enrolment token has been used up or has expired', 'Ask an administrator for a new one.'),
  'ENROLMENT.TOKEN_NOT_FOUND': entry(404, 'There is no such enrolment token', 'No enrolment token has this id.'),

  'SELECTION.NO_ELIGIBLE_SERVER': entry(503, 'No media server can take this agent now', 'Each one is disabled, draining, not healthy, excluded, or out of reach for this agent.'),
  'SELECTION.POOL_FULL': entry(503, 'Every media server is full', 'A seat is free again as soon as somebody leaves; an administrator can raise a capacity or add a server.'),

  'PLACEMENT.NOT_FOUND': entry(404, 'There is no such placement', 'No placement you may see has this id.'),
  'PLACEMENT.ENDED': entry(409, 'The placement has ended', 'Ask for a new seat with POST /placements.'),
  'PLACEMENT.CONFLICT': entry(409, 'The placement was changed by somebody else at the same moment', 'Read it again and decide anew.'),

  'CALL.NOT_FOUND': entry(404, 'There is no such call', 'No call you may see has this id.'),
  'CALL.ENDED': entry(409, 'The call has ended', 'Nothing can be done with it any more.'),
  'CALL.WRONG_STATE': entry(409, 'The call is not in a state for this', 'Read the call again and decide anew.'),
  'CALL.NO_SEAT': entry(409, 'The agent has no seat', 'The agent must be online with audio before a call can be placed.'),
  'CALL.AGENT_BUSY': entry(409, 'The agent is on a call', 'Wait until that call has ended.'),
  'CALL.TARGET_UNKNOWN': entry(422, 'There is nobody and no queue of that name', 'Search again: the colleague or the queue may have been removed.'),
  'CALL.TARGET_BUSY': entry(409, 'The colleague cannot take the call now', 'Choose somebody else, or a queue.'),
  'CALL.CONSULTING': entry(409, 'Somebody is being consulted about this call already', 'Complete or cancel that first.'),
  'CALL.NO_CONSULTATION': entry(409, 'Nobody is being consulted about this call', 'Ask somebody first; who was asked may have hung up.'),
  'CALL.DIALLING_OFF': entry(409, 'Calls to the outside are switched off', 'An administrator can allow them again in the settings.'),
  'CALL.NUMBER_NOT_ALLOWED': entry(422, 'This number may not be called', 'The settings name the countries and numbers that may be called.'),
  'CALL.UNKNOWN_DISPOSITION': entry(422, 'There is no such disposition', 'The settings list the dispositions.'),
  'CALL.TOO_MANY': entry(429, 'Too many calls in a minute', 'Wait as long as Retry-After says, then call again.'),
  'CALL.NO_PROXY': entry(503, 'No SIP proxy is configured', 'Set PROXY_SECRET for the managers and the proxy: without it no call can leave.'),
  'SUPERVISION.OWN_CALL': entry(409, 'Nobody supervises their own call', 'Choose the call of another agent.'),
  'CALL.MEDIA_SERVER_AWAY': entry(503, 'The media server of the agent does not answer', 'The call was not placed. Try again in a moment.'),

  'RECORDING.NOT_FOUND': entry(404, 'There is no such recording', 'No recording you may hear has this id; it may have been removed.'),
  'RECORDING.SWITCHED_OFF': entry(409, 'Calls are not recorded here', 'An administrator can allow recording in the settings.'),
  'RECORDING.ALWAYS_ON': entry(409, 'Every call is recorded here', 'It can be paused; a supervisor can stop it.'),
  'RECORDING.RUNNING': entry(409, 'The call is being recorded already', 'Stop that recording before another one is begun.'),
  'RECORDING.WRONG_STATE': entry(409, 'The recording is not in a state for this', 'Read the call again and decide anew.'),
  'RECORDING.NOT_STORED': entry(409, 'The recording is not here yet', 'Its media server hands it over when it has ended; the live stream tells when it is stored.'),
  'RECORDING.TOO_LARGE': entry(413, 'The recording is too large', 'A recording may have 1 GiB, which is more than 18 hours.'),
  'RECORDING.RANGE_NOT_SATISFIABLE': entry(416, 'The recording has no such part', 'Content-Range says how many bytes it has.'),
  'RECORDING.NO_ROOM': entry(503, 'This manager cannot write recordings', 'RECORDINGS_DIRECTORY is full or cannot be written: the media server keeps the recording and offers it again.'),
  'RECORDING.FILE_AWAY': entry(503, 'This manager does not have the file', 'All managers must share one RECORDINGS_DIRECTORY; another one has it, or its disk is away.'),
  'RECORDING.NOT_CONFIRMED': entry(503, 'The media server did not confirm it', 'Whether it was done is not known: read the call again, or repeat the order.'),

  'QUEUE.NOT_FOUND': entry(404, 'There is no such queue', 'No queue has this id.'),
  'QUEUE.NAME_TAKEN': entry(409, 'Another queue has this name', 'Choose another one.'),
  'QUEUE.IN_USE': entry(409, 'The queue is in use', 'Numbers lead to it, or callers wait in it: send them elsewhere first.'),
  'NUMBER.NOT_FOUND': entry(404, 'There is no such number', 'No number has this id.'),
  'NUMBER.TAKEN': entry(409, 'This number is there already', 'Change where it leads instead.'),
  'ROUTE.UNKNOWN_NUMBER': entry(404, 'Nobody has this number', 'Add the number and say where it leads.'),
  'ROUTE.NOBODY_THERE': entry(503, 'Nobody can take this call now', 'No media server can hold the caller, or the agent asked for is not there.'),

  'SETTINGS.CHANGED': entry(409, 'The settings were changed by somebody else', 'Read them again, look at what changed, and send yours with the ETag of that answer.'),

  'EVENTS.INVALID_TICKET': entry(401, 'The ticket is not valid, or no longer', 'A ticket is good for a minute: get a new one with POST /events/tickets.'),
  'EVENTS.TOO_MANY_STREAMS': entry(429, 'Too many live streams are open for this account', 'Close one of them first, as a tab that is not needed.'),

  'CONSOLE.NOT_BUILT': entry(503, 'This console has not been built', 'Run `npm run build`, or set where the built console lies.'),
  'SERVICE.DATABASE_UNAVAILABLE': entry(503, 'The database does not answer', 'MySQL cannot be reached, or is busy. Nothing was changed.'),
  'SERVICE.NOT_READY': entry(503, 'The manager is not ready', 'Something it depends on is missing; GET /health/ready names it.'),
  'SERVICE.STOPPING': entry(503, 'The manager is being stopped', 'Another manager answers meanwhile: try again.'),
  'SERVICE.INTERNAL': entry(500, 'The manager failed', 'It is a fault of the manager, not of the request; its log says more.'),
} as const satisfies Readonly<Record<string, Entry>>;

export type ProblemCode = keyof typeof catalogue;
