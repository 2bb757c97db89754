/** The manager's resources as the console reads them. */
export interface Utilisation {
  agentsInCall: number;
  reserved: number;
  talking: number;
  capacity: number;
  ratio: number;
}

export type Mode = 'active' | 'draining' | 'disabled';
export type Health = 'unknown' | 'healthy' | 'suspect' | 'down';

export interface MediaServer {
  id: string;
  name: string;
  host: string;
  webSocketUrl: string;
  sipUri: string;
  ami: { host: string; port: number; tls: boolean; caCertificate?: string | null; username: string };
  capacity: number;
  weight: number;
  region: string | null;
  mode: Mode;
  /** When the agents that remain on a draining server are placed elsewhere. */
  drainDeadlineAt: string | null;
  health: Health;
  utilisation: Utilisation;
  version: string | null;
  lastSeenAt: string | null;
  amiOwner: string | null;
}

export interface MediaServerInput {
  name: string;
  host: string;
  webSocketUrl: string;
  sipUri: string;
  ami: { host: string; port: number; tls: boolean; caCertificate?: string | null; username: string; secret?: string };
  capacity: number;
  weight: number;
  region?: string | null;
  mode?: Mode;
}

/** What a server entered by hand needs to know; told once. */
export interface ServerCredentials {
  serverToken: string;
  realtime: { url: string; token: string };
}

export interface Sample {
  at: string;
  agentsInCall: number;
  reserved: number;
  talking: number;
  capacity: number;
  loadAverage: number | null;
}

export interface EnrolmentToken {
  token: string;
  expiresAt: string | null;
  uses: number | null;
}

export type Role = 'agent' | 'supervisor' | 'admin';
export type AgentState = 'offline' | 'ready' | 'on-call' | 'wrap-up' | 'paused';

export interface Agent {
  id: string;
  username: string;
  displayName: string;
  role: Role;
  region: string | null;
  skills: string[];
  enabled: boolean;
  state: AgentState;
  stateSince: string;
  placement: { id: string; state: PlacementState; mediaServer: { id: string; name: string } } | null;
}

export interface AgentInput {
  username: string;
  displayName: string;
  password?: string;
  role: Role;
  region?: string | null;
  skills: string[];
}

export type PlacementState = 'reserved' | 'connected' | 'lost' | 'released' | 'expired';

export interface Placement {
  id: string;
  agentId: string;
  state: PlacementState;
  reservedAt: string;
  connectedAt: string | null;
  lostAt: string | null;
  releasedAt: string | null;
  releaseReason: string | null;
  mediaServer: { id: string; name: string };
  decision: { policy: string; chosen: string; eligibleCount: number };
}

export interface Decision {
  policy: string;
  chosen: string;
  considered: { mediaServerId: string; ratio: number; eligible: boolean; reason: string }[];
}

export interface Simulation {
  items: { mediaServerId: string; count: number }[];
  unplaced: number;
}

export interface ApiKey {
  id: string;
  name: string;
  scopes: string[];
  expiresAt: string | null;
  createdAt: string;
  lastUsedAt: string | null;
}

export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}
