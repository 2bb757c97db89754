import Block from '@mui/icons-material/Block';
import CallEndOutlined from '@mui/icons-material/CallEndOutlined';
import CheckCircleOutlined from '@mui/icons-material/CheckCircleOutlined';
import EditNoteOutlined from '@mui/icons-material/EditNoteOutlined';
import ErrorOutlined from '@mui/icons-material/ErrorOutlined';
import EventBusyOutlined from '@mui/icons-material/EventBusyOutlined';
import HelpOutlined from '@mui/icons-material/HelpOutlineOutlined';
import HourglassEmpty from '@mui/icons-material/HourglassEmpty';
import LinkOff from '@mui/icons-material/LinkOff';
import Logout from '@mui/icons-material/Logout';
import NotificationsActiveOutlined from '@mui/icons-material/NotificationsActiveOutlined';
import PauseCircleOutlined from '@mui/icons-material/PauseCircleOutlined';
import PhoneForwardedOutlined from '@mui/icons-material/PhoneForwardedOutlined';
import PhoneInTalkOutlined from '@mui/icons-material/PhoneInTalkOutlined';
import PhonePausedOutlined from '@mui/icons-material/PhonePausedOutlined';
import PlayArrow from '@mui/icons-material/PlayArrow';
import RadioButtonUnchecked from '@mui/icons-material/RadioButtonUnchecked';
import SouthEast from '@mui/icons-material/SouthEast';
import WarningAmberOutlined from '@mui/icons-material/WarningAmberOutlined';
import type { SvgIconComponent } from '@mui/icons-material';
import { StatePill, type Tone } from '@nailup/web';
import type { AgentState, CallState, Health, Mode, PlacementState } from './contract.js';

interface Face {
  tone: Tone;
  icon: SvgIconComponent;
  label: string;
}

const health: Record<Health, Face> = {
  healthy: { tone: 'good', icon: CheckCircleOutlined, label: 'Healthy' },
  suspect: { tone: 'warn', icon: WarningAmberOutlined, label: 'Suspect' },
  down: { tone: 'bad', icon: ErrorOutlined, label: 'Down' },
  unknown: { tone: 'neutral', icon: HelpOutlined, label: 'Unknown' },
};

const mode: Record<Mode, Face> = {
  active: { tone: 'info', icon: PlayArrow, label: 'Active' },
  draining: { tone: 'warn', icon: SouthEast, label: 'Draining' },
  disabled: { tone: 'neutral', icon: Block, label: 'Disabled' },
};

const agent: Record<AgentState, Face> = {
  ready: { tone: 'good', icon: CheckCircleOutlined, label: 'Ready' },
  'on-call': { tone: 'info', icon: PhoneInTalkOutlined, label: 'On call' },
  'wrap-up': { tone: 'warn', icon: EditNoteOutlined, label: 'Wrap-up' },
  paused: { tone: 'warn', icon: PauseCircleOutlined, label: 'Paused' },
  offline: { tone: 'neutral', icon: RadioButtonUnchecked, label: 'Offline' },
};

const placement: Record<PlacementState, Face> = {
  reserved: { tone: 'info', icon: HourglassEmpty, label: 'Reserved' },
  connected: { tone: 'good', icon: CheckCircleOutlined, label: 'Connected' },
  lost: { tone: 'warn', icon: LinkOff, label: 'Lost' },
  released: { tone: 'neutral', icon: Logout, label: 'Released' },
  expired: { tone: 'neutral', icon: EventBusyOutlined, label: 'Expired' },
};

const call: Record<CallState, Face> = {
  queued: { tone: 'warn', icon: HourglassEmpty, label: 'Waiting' },
  dialing: { tone: 'info', icon: PhoneForwardedOutlined, label: 'Dialling' },
  ringing: { tone: 'info', icon: NotificationsActiveOutlined, label: 'Ringing' },
  answered: { tone: 'good', icon: PhoneInTalkOutlined, label: 'Talking' },
  held: { tone: 'warn', icon: PhonePausedOutlined, label: 'On hold' },
  ended: { tone: 'neutral', icon: CallEndOutlined, label: 'Ended' },
};

export const healthNames = Object.fromEntries(Object.entries(health).map(([state, { label }]) => [state, label])) as Record<Health, string>;
export const callStateNames = Object.fromEntries(Object.entries(call).map(([state, { label }]) => [state, label])) as Record<CallState, string>;
export const agentStateNames = Object.fromEntries(Object.entries(agent).map(([state, { label }]) => [state, label])) as Record<AgentState, string>;
export const placementStateNames = Object.fromEntries(Object.entries(placement).map(([state, { label }]) => [state, label])) as Record<PlacementState, string>;

export const HealthPill = ({ of }: { of: Health }) => <StatePill {...health[of]} />;
export const ModePill = ({ of }: { of: Mode }) => <StatePill {...mode[of]} />;
export const AgentStatePill = ({ of }: { of: AgentState }) => <StatePill {...agent[of]} />;
export const DisabledPill = () => <StatePill {...mode.disabled} />;
export const PlacementStatePill = ({ of }: { of: PlacementState }) => <StatePill {...placement[of]} />;
export const CallStatePill = ({ of }: { of: CallState }) => <StatePill {...call[of]} />;
