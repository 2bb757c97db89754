import type { Settings } from '../../shared/contract.js';
import { FormChips } from '../../shared/form-chips.js';
import { FormText } from '../../shared/form-text.js';
import { SectionForm, SettingsPart } from './section-form.js';
import type { SectionProps } from './seats-section.js';
import { useSection } from './use-section.js';
import { parts } from './words.js';

const valuesOf = ({ pauseReasons, wrapUpSeconds }: Settings) => ({ pauseReasons, wrapUpSeconds });

export function WorkSection({ settings, onDirty }: SectionProps) {
  const { form, submit, why, dirty, changedElsewhere, discard } = useSection({ settings, valuesOf, changeOf: (values) => values, fields: ['pauseReasons', 'wrapUpSeconds'], onDirty });
  return (
    <SettingsPart {...parts.work}>
      <SectionForm title={parts.work.title} dirty={dirty} changedElsewhere={changedElsewhere} pending={form.formState.isSubmitting} why={why} onSubmit={submit} onDiscard={discard}>
        <FormChips form={form} name="pauseReasons" label="Reasons for a pause" hint="Type one and press Enter" />
        <FormText
          form={form}
          name="wrapUpSeconds"
          label="Longest wrap-up, seconds"
          type="number"
          rules={{ required: 'Needed', valueAsNumber: true, min: { value: 0, message: 'At least 0' }, max: { value: 3_600, message: 'At most 3600' } }}
          slotProps={{ htmlInput: { min: 0, max: 3_600 } }}
          sx={{ maxWidth: 260 }}
          hint="Then the agent is ready again by itself. 0: no wrap-up"
        />
      </SectionForm>
    </SettingsPart>
  );
}
