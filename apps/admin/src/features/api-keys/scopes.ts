/** What a key may be allowed to do, in the manager's words and in plain ones. */
export const scopes = [
  { scope: 'agents:read', means: 'see agents' },
  { scope: 'agents:write', means: 'make, change and delete agents' },
  { scope: 'media-servers:read', means: 'see media servers and their utilisation' },
  { scope: 'placements:write', means: 'place agents and release their seats' },
  { scope: 'events:read', means: 'follow the live stream' },
] as const;
