/** What an API key may be allowed; the words are the contract's. */
export const scopes = [
  'agents:read', 'agents:write', 'media-servers:read', 'placements:write', 'calls:write', 'calls:read', 'routes:read', 'events:read', 'webhooks:write',
] as const;

export type Scope = (typeof scopes)[number];
