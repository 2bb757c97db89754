export interface Machine {
  /** Public address or name that agents reach. */
  host: string;
  /** Network the managers connect from, for the AMI account; empty when they run on the machine itself. */
  managers: string;
}

/** The command that makes a machine with Debian's Asterisk a media server of the manager at `origin`. */
export function provisioningLine(token: string, origin: string, { host, managers }: Machine): string {
  return [
    `NAILUP_HOST=${host.trim() || 'ADDRESS-OF-THIS-MACHINE'}`,
    `NAILUP_MANAGERS=${origin}`,
    `NAILUP_ENROLMENT_TOKEN=${token}`,
    // AMI listens on loopback until told who may connect.
    ...(managers.trim() ? ['NAILUP_AMI_BIND=0.0.0.0', `NAILUP_AMI_PERMIT=${managers.trim()}`] : []),
    'sh asterisk/provision.sh',
  ].join(' \\\n  ');
}
