export interface Machine {
  /** Public address or name that agents reach. */
  host: string;
  /** Network the managers connect from, for the AMI account; empty when they run on the machine itself. */
  managers: string;
  /** Base URL under which the machine reaches the manager. */
  managerUrl: string;
}

/** True for an address that means the machine itself, wherever it is said. */
export function isLoopback(url: string): boolean {
  const host = URL.parse(url)?.hostname ?? '';
  return host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || host.startsWith('127.');
}

/**
 * The command that makes a machine with Debian's Asterisk a media server of this manager.
 * @param overTls agents open the softphone by https: a browser then refuses `ws://`, so the machine needs a certificate
 */
export function provisioningLine(token: string, { host, managers, managerUrl }: Machine, overTls: boolean): string {
  return [
    `NAILUP_HOST=${host.trim() || 'ADDRESS-OF-THIS-MACHINE'}`,
    `NAILUP_MANAGERS=${managerUrl.trim() || 'ADDRESS-OF-THE-MANAGER'}`,
    `NAILUP_ENROLMENT_TOKEN=${token}`,
    ...(overTls ? ['NAILUP_TLS_CERT=PATH-OF-ITS-CERTIFICATE.crt', 'NAILUP_TLS_KEY=PATH-OF-ITS-KEY.key'] : []),
    // AMI listens on loopback until told who may connect.
    ...(managers.trim() ? ['NAILUP_AMI_BIND=0.0.0.0', `NAILUP_AMI_PERMIT=${managers.trim()}`] : []),
    'sh asterisk/provision.sh',
  ].join(' \\\n  ');
}
