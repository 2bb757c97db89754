import type { Agent, Call, MediaServer, PhoneNumber, Placement, Queue, Settings } from '../shared/contract.js';

export const aServer = (name: string, more: Partial<MediaServer> = {}): MediaServer => ({
  id: `id-${name}`,
  name,
  host: `${name}.example.org`,
  webSocketUrl: `wss://${name}.example.org:8089/ws`,
  sipUri: `sip:${name}.example.org:5060`,
  ami: { host: '10.0.0.1', port: 5038, tls: false, caCertificate: null, username: 'nailup' },
  capacity: 50,
  weight: 1,
  region: 'eu',
  mode: 'active',
  drainDeadlineAt: null,
  drain: null,
  cores: 4,
  loadAverage: 0.4,
  createdAt: new Date().toISOString(),
  health: 'healthy',
  healthReason: null,
  utilisation: { agentsInCall: 12, reserved: 1, talking: 9, capacity: 50, ratio: 0.26 },
  version: '22.10.1',
  lastSeenAt: new Date().toISOString(),
  amiOwner: 'manager-1',
  ...more,
});

export const anAgent = (username: string, more: Partial<Agent> = {}): Agent => ({
  id: `id-${username}`,
  username,
  displayName: username[0]?.toUpperCase() + username.slice(1),
  role: 'agent',
  region: null,
  skills: [],
  enabled: true,
  state: 'ready',
  stateReason: null,
  stateSince: new Date().toISOString(),
  stateSetBy: 'self',
  wrapUpUntil: null,
  placement: null,
  ...more,
});

export const aSeat = (server: string): NonNullable<Agent['placement']> => ({
  id: 'p1',
  state: 'connected',
  reservedAt: new Date().toISOString(),
  connectedAt: new Date().toISOString(),
  lostAt: null,
  conference: 'c1',
  mediaServer: { id: `id-${server}`, name: server, host: `${server}.example.org` },
});

export const aPlacement = (id: string, more: Partial<Placement> = {}): Placement => ({
  id,
  agentId: 'id-ada',
  state: 'connected',
  reservedAt: new Date().toISOString(),
  connectedAt: new Date().toISOString(),
  lostAt: null,
  releasedAt: null,
  releaseReason: null,
  mediaServer: { id: 'id-eu-1', name: 'eu-1', host: 'eu-1.example.org', webSocketUrl: 'wss://eu-1.example.org:8089/ws', sipDomain: 'eu-1.example.org' },
  expiresAt: null,
  conference: 'c1',
  parking: 'conference',
  iceServers: [],
  decision: { policy: 'agents-in-call', chosen: 'id-eu-1', eligibleCount: 2 },
  ...more,
});

export const aQueue = (name: string, more: Partial<Queue> = {}): Queue => ({ id: `id-${name}`, name, skills: [], musicClass: null, maxWaitSeconds: null, waiting: 0, waitingSince: null, ...more });

export const aNumber = (number: string, more: Partial<PhoneNumber> = {}): PhoneNumber => ({ id: `id-${number.replace('+', '')}`, number, queueId: null, agentId: null, ...more });

export const ago = (seconds: number): string => new Date(Date.now() - seconds * 1000).toISOString();

/** An inbound call that Ada has taken on eu-1. */
export const aCall = (id: string, more: Partial<Call> = {}): Call => {
  const call = talkingCall(id, more);
  const { state, startedAt, ringingAt, answeredAt } = call;
  const began = state === 'queued' || state === 'dialing' ? startedAt : state === 'ringing' ? ringingAt : answeredAt;
  return { ...call, stateSince: more.stateSince ?? began ?? startedAt };
};

const talkingCall = (id: string, more: Partial<Call>): Call => ({
  id,
  direction: 'inbound',
  agentId: 'id-ada',
  agent: { id: 'id-ada', username: 'ada', displayName: 'Ada' },
  placementId: 'p1',
  mediaServerId: 'id-eu-1',
  mediaServer: { id: 'id-eu-1', name: 'eu-1' },
  farMediaServer: null,
  originCallId: null,
  purpose: null,
  consultation: null,
  transferredBy: null,
  queueId: 'id-Support',
  queue: { id: 'id-Support', name: 'Support' },
  from: '+4930123456',
  to: '+15550200',
  state: 'answered',
  stateSince: ago(60),
  startedAt: ago(80),
  ringingAt: ago(65),
  answeredAt: ago(60),
  endedAt: null,
  endReason: null,
  hangupCause: null,
  hangupText: null,
  quality: null,
  recordings: [],
  recording: null,
  disposition: null,
  note: null,
  ...more,
});

export const theSettings = (more: Partial<Settings> = {}): Settings => ({
  etag: '"1"',
  policy: 'agents-in-call',
  parking: 'conference',
  pauseReasons: ['Lunch', 'Training'],
  dispositions: [
    { code: 'sale', label: 'Sale' },
    { code: 'follow-up', label: 'Call back' },
  ],
  wrapUpSeconds: 30,
  dialling: { enabled: true, countries: ['DE', 'AT'], alsoAllowed: ['+155501'], emergency: false, callsPerMinute: 12, callerId: '+15550200' },
  supervision: { visibleToAgent: true },
  recording: { mode: 'on-demand', retentionDays: 90 },
  ...more,
});
