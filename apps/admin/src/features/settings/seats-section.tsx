import type { Settings } from '../../shared/contract.js';
import { FormRadios } from './form-radios.js';
import { SectionForm, SettingsPart } from './section-form.js';
import { useSection } from './use-section.js';
import { parkings, parts, policies } from './words.js';

export interface SectionProps {
  settings: Settings;
  onDirty: (dirty: boolean) => void;
}

const valuesOf = ({ policy, parking }: Settings) => ({ policy, parking });

export function SeatsSection({ settings, onDirty }: SectionProps) {
  const { form, submit, why, dirty, changedElsewhere, discard } = useSection({ settings, valuesOf, changeOf: (values) => values, fields: ['policy', 'parking'], onDirty });
  return (
    <SettingsPart {...parts.seats}>
      <SectionForm title={parts.seats.title} dirty={dirty} changedElsewhere={changedElsewhere} pending={form.formState.isSubmitting} why={why} onSubmit={submit} onDiscard={discard}>
        <FormRadios form={form} name="policy" label="A new seat goes to the media server with" choices={policies} />
        <FormRadios form={form} name="parking" label="Between calls agents wait" choices={parkings} />
      </SectionForm>
    </SettingsPart>
  );
}
