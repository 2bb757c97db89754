import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, ValidateNested } from 'class-validator';
import { policyNames, type PolicyName } from '@nailup/domain';
import { Flag, ListOf, MayBeAbsent, Nested, OneOf, Text, Whole } from '../http/fields.js';

export const parkings = ['conference', 'holding'] as const;
export type Parking = (typeof parkings)[number];

export class DispositionSetting {
  @Text({ max: 64, pattern: /^[a-z0-9][a-z0-9-]*$/, says: 'must hold small letters, digits and hyphens', example: 'sale' }) code!: string;
  @Text({ max: 64, example: 'Sale' }) label!: string;
}

/** What agents may dial. */
export class DiallingSettings {
  @Flag({ description: 'The kill switch: false lets no call out.' }) enabled!: boolean;
  @ListOf('text', { max: 250, description: 'ISO 3166 codes of the countries that may be called; the first one is whose national numbers are understood.' }) countries!: string[];
  @ListOf('text', { max: 50, description: 'Beginnings of numbers that may be called besides, as +155501.' }) alsoAllowed!: string[];
  @Flag({ description: 'Whether emergency numbers may be called.' }) emergency!: boolean;
  @Whole({ min: 1, max: 1_000, description: 'Most calls an agent may begin in a minute.' }) callsPerMinute!: number;
  @Text({ max: 32, pattern: /^\+?[0-9]+$/, says: 'must be a number', nullable: true, description: 'The number shown when a call names none.' }) callerId!: string | null;
}

/** What agents are told of supervisors. */
export class SupervisionSettings {
  @Flag({ description: 'Whether the agent is shown that a supervisor listens, whispers or has barged in; supervisions that begin from now on.' }) visibleToAgent!: boolean;
}

export const recordingModes = ['off', 'on-demand', 'always'] as const;

/** Whether calls are recorded, and for how long recordings are kept. */
export class RecordingSettings {
  @OneOf(recordingModes, { description: '`on-demand`: agents begin and end it. `always`: it begins with the call; agents may pause it and not end it.' }) mode!: (typeof recordingModes)[number];
  @Whole({ min: 1, max: 3_650, description: 'Recordings are removed after so many days.' }) retentionDays!: number;
}

export class SettingsView {
  @OneOf(policyNames, { description: 'By what the media servers are compared when an agent asks for a seat.' }) policy!: PolicyName;
  @OneOf(parkings, { description: 'Where agents wait between calls; seats taken from now on.' }) parking!: Parking;
  @ListOf('text', { max: 50, description: 'Why an agent may pause.' }) pauseReasons!: string[];
  @ApiProperty({ type: () => [DispositionSetting], description: 'How a call may have ended for the business.' }) dispositions!: DispositionSetting[];
  @Whole({ min: 0, max: 3_600, description: 'Longest wrap-up after a call; 0 for none.' }) wrapUpSeconds!: number;
  @Nested(() => DiallingSettings) dialling!: DiallingSettings;
  @Nested(() => SupervisionSettings) supervision!: SupervisionSettings;
  @Nested(() => RecordingSettings) recording!: RecordingSettings;
}

/** Replaces what is given; what is left out stays. */
export class ChangeSettingsBody {
  @OneOf(policyNames, { optional: true }) policy?: PolicyName;
  @OneOf(parkings, { optional: true }) parking?: Parking;
  @ListOf('text', { max: 50, optional: true }) pauseReasons?: string[];

  @ApiProperty({ type: () => [DispositionSetting], required: false, maxItems: 100 })
  @MayBeAbsent()
  @IsArray({ message: 'must be a list' })
  @ArrayMaxSize(100, { message: 'must hold at most 100' })
  @ValidateNested({ each: true })
  @Type(() => DispositionSetting)
  dispositions?: DispositionSetting[];

  @Whole({ min: 0, max: 3_600, optional: true }) wrapUpSeconds?: number;
  @Nested(() => DiallingSettings, { optional: true }) dialling?: DiallingSettings;
  @Nested(() => SupervisionSettings, { optional: true }) supervision?: SupervisionSettings;
  @Nested(() => RecordingSettings, { optional: true }) recording?: RecordingSettings;
}
