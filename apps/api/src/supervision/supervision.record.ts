/** What a supervisor does on a call: hears both; the agent hears her as well; all hear all. */
export const supervisionModes = ['listen', 'whisper', 'barge'] as const;
export type SupervisionMode = (typeof supervisionModes)[number];

/**
 * Why a supervision ended: she stopped it, her leg ended or never came, the call ended, its agent was moved or has changed, another supervision of
 * hers took its place, its media server is gone, she may not supervise any more.
 */
export type SupervisionEnd = 'stopped' | 'hung-up' | 'never-joined' | 'call-ended' | 'moved' | 'replaced' | 'media-server-failed' | 'not-allowed';

/** A supervision as it is written. Its id is what its leg bears as NAILUP_CALL. */
export interface SupervisionRecord {
  readonly id: string;
  readonly callId: string;
  readonly supervisorId: string;
  readonly agentId: string | null;
  readonly mediaServerId: string;
  readonly conference: string;
  readonly mode: SupervisionMode;
  readonly visible: boolean;
  readonly sipUsername: string;
  readonly legUniqueid: string | null;
  readonly endedAt: Date | null;
}

/** The columns of a `SupervisionRecord`, from `supervisions v`. */
export const supervisionColumns = `v.id, v.call_id AS callId, v.supervisor_id AS supervisorId, v.agent_id AS agentId, v.media_server_id AS mediaServerId, v.conference, v.mode,
  v.visible, v.sip_username AS sipUsername, v.leg_uniqueid AS legUniqueid, v.ended_at AS endedAt`;

/** A supervisor's SIP user name. The hyphen keeps it apart from every seat's: none of those has one, nor can any conference or channel of a seat begin like it. */
export const supervisorPrefix = 'supervisor-';
export const supervisorUsername = /^supervisor-[a-z][a-z0-9]{1,40}$/;
