export const disabledReason = 'Disabled by an operator: nobody watches it.';
const notReadReason = 'Not read yet: no manager has listed what stands on it.';

/** Why a media server is not healthy, in one sentence for its operator; null when it is. `healthReason` is what its watch found last. */
export function healthReasonOf({ mode, health, healthReason }: { readonly mode: string; readonly health: string; readonly healthReason: string | null }): string | null {
  if (health === 'healthy') return null;
  return mode === 'disabled' ? disabledReason : (healthReason ?? notReadReason);
}
