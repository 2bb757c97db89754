import type { Settings } from '../../shared/contract.js';
import { FormText } from '../../shared/form-text.js';
import { FormRadios } from './form-radios.js';
import { SectionForm, SettingsPart } from './section-form.js';
import type { SectionProps } from './seats-section.js';
import { useSection } from './use-section.js';
import { parts, recordingModes } from './words.js';

const valuesOf = ({ recording: { mode, retentionDays } }: Settings) => ({ recording: { mode, retentionDays } });

export function RecordingSection({ settings, onDirty }: SectionProps) {
  const { form, submit, why, dirty, changedElsewhere, discard } = useSection({ settings, valuesOf, changeOf: (values) => values, fields: ['recording.mode', 'recording.retentionDays'], onDirty });
  return (
    <SettingsPart {...parts.recording}>
      <SectionForm title={parts.recording.title} dirty={dirty} changedElsewhere={changedElsewhere} pending={form.formState.isSubmitting} why={why} onSubmit={submit} onDiscard={discard}>
        <FormRadios form={form} name="recording.mode" label="Calls are recorded" choices={recordingModes} />
        <FormText
          form={form}
          name="recording.retentionDays"
          label="Recordings are kept for, days"
          type="number"
          rules={{ required: 'Needed', valueAsNumber: true, min: { value: 1, message: 'At least 1' }, max: { value: 3_650, message: 'At most 3650' } }}
          slotProps={{ htmlInput: { min: 1, max: 3_650 } }}
          sx={{ maxWidth: 260 }}
          hint="Then they are removed for good, also those made before"
        />
      </SectionForm>
    </SettingsPart>
  );
}
