import type { Settings } from '../../shared/contract.js';
import { FormRadios } from './form-radios.js';
import { SectionForm, SettingsPart } from './section-form.js';
import type { SectionProps } from './seats-section.js';
import { useSection } from './use-section.js';
import { parts, visibility } from './words.js';

const valuesOf = ({ supervision }: Settings): { told: 'told' | 'untold' } => ({ told: supervision.visibleToAgent ? 'told' : 'untold' });

export function SupervisionSection({ settings, onDirty }: SectionProps) {
  const changeOf = ({ told }: ReturnType<typeof valuesOf>) => ({ supervision: { visibleToAgent: told === 'told' } });
  const { form, submit, why, dirty, changedElsewhere, discard } = useSection({ settings, valuesOf, changeOf, fields: ['told'], onDirty });
  return (
    <SettingsPart {...parts.supervision}>
      <SectionForm title={parts.supervision.title} dirty={dirty} changedElsewhere={changedElsewhere} pending={form.formState.isSubmitting} why={why} onSubmit={submit} onDiscard={discard}>
        <FormRadios form={form} name="told" label="When a supervisor hears a call" choices={visibility} />
      </SectionForm>
    </SettingsPart>
  );
}
