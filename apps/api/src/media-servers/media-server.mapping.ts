import type { NewEvent } from '../live/event-log.js';
import type { SecretBox } from '../secrets/secret-box.js';
import { healthReasonOf } from './health-reason.js';
import type { AmiBody, ChangeAmiBody } from './media-server.dto.js';
import type { MediaServerChange, MediaServerRecord, SeatCounts } from './media-server.repository.js';
import type { DrainView, MediaServerView } from './media-server.view.js';

const none: SeatCounts = { agentsInCall: 0, reserved: 0, talking: 0 };

/** What the AMI secret of a server is sealed for; the same text opens it. */
export function amiSecretContext(mediaServerId: string): string {
  return `media-server:${mediaServerId}:ami`;
}

/** AMI over TLS listens on 5039, in the clear on 5038 (manager.conf.sample). */
export function defaultAmiPort(tls: boolean): number {
  return tls ? 5039 : 5038;
}

export function amiColumns(id: string, ami: AmiBody, box: SecretBox): Required<Pick<MediaServerChange, 'amiHost' | 'amiPort' | 'amiTls' | 'amiCaCertificate' | 'amiUsername' | 'amiSecretEncrypted'>> {
  const tls = ami.tls ?? false;
  return {
    amiHost: ami.host, amiPort: ami.port ?? defaultAmiPort(tls), amiTls: tls, amiCaCertificate: ami.caCertificate ?? null, amiUsername: ami.username,
    amiSecretEncrypted: box.seal(ami.secret, amiSecretContext(id)),
  };
}

/** Only what was given. */
export function changedAmiColumns(id: string, ami: ChangeAmiBody, box: SecretBox): MediaServerChange {
  return {
    ...(ami.host === undefined ? {} : { amiHost: ami.host }),
    ...(ami.port === undefined ? {} : { amiPort: ami.port }),
    ...(ami.tls === undefined ? {} : { amiTls: ami.tls }),
    ...(ami.caCertificate === undefined ? {} : { amiCaCertificate: ami.caCertificate }),
    ...(ami.username === undefined ? {} : { amiUsername: ami.username }),
    ...(ami.secret === undefined ? {} : { amiSecretEncrypted: box.seal(ami.secret, amiSecretContext(id)) }),
  };
}

export function toMediaServerView(server: MediaServerRecord, counts: SeatCounts = none, drain: DrainView | null = null): MediaServerView {
  const { id, name, host, webSocketUrl, sipUri, capacity, weight, region, mode, health, version, loadAverage, lastSeenAt, amiOwner, drainDeadlineAt, cores, createdAt } = server;
  return {
    id, name, host, webSocketUrl, sipUri,
    ami: { host: server.amiHost, port: server.amiPort, tls: server.amiTls, caCertificate: server.amiCaCertificate, username: server.amiUsername },
    capacity, weight, region, mode, health, healthReason: healthReasonOf(server),
    utilisation: { ...counts, capacity, ratio: (counts.agentsInCall + counts.reserved) / (capacity * weight) },
    version, loadAverage, lastSeenAt, amiOwner, drainDeadlineAt, drain, cores, createdAt,
  };
}

/** Said when a server comes, goes, or is told to behave otherwise; also the sign for ami-ingest to look at its row again. */
export function modeEvent({ id, name, mode, drainDeadlineAt }: MediaServerRecord, deleted = false): NewEvent {
  return { type: 'media-server.mode', subject: id, data: { mediaServerId: id, name, mode, drainDeadlineAt: drainDeadlineAt?.toISOString() ?? null, deleted } };
}
