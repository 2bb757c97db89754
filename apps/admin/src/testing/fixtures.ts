import type { Agent, MediaServer, Placement } from '../shared/contract.js';

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
