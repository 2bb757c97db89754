import { disabledReason, healthReasonOf } from './health-reason.js';

describe('why a media server is not healthy', () => {
  it('is said of every one that is not, and of no other', () => {
    expect(healthReasonOf({ mode: 'active', health: 'healthy', healthReason: 'Connection refused.' })).toBeNull();
    expect(healthReasonOf({ mode: 'active', health: 'down', healthReason: 'Connection refused.' })).toBe('Connection refused.');
    expect(healthReasonOf({ mode: 'disabled', health: 'unknown', healthReason: 'Connection refused.' })).toBe(disabledReason);
    expect(healthReasonOf({ mode: 'draining', health: 'unknown', healthReason: null })).toMatch(/^Not read yet/);
  });
});
