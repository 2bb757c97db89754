import Box from '@mui/material/Box';
import FormControlLabel from '@mui/material/FormControlLabel';
import FormHelperText from '@mui/material/FormHelperText';
import Switch from '@mui/material/Switch';
import { useController, useWatch } from 'react-hook-form';
import type { Settings } from '../../shared/contract.js';
import { FormChips } from '../../shared/form-chips.js';
import { FormChoice } from '../../shared/form-choice.js';
import { FormText } from '../../shared/form-text.js';
import { countries, countryName } from './countries.js';
import { SectionForm, SettingsPart } from './section-form.js';
import type { SectionProps } from './seats-section.js';
import { useSection } from './use-section.js';
import { parts } from './words.js';

interface Fields {
  /** Whose national numbers are understood: the first of the countries, whatever the order they were chosen in. */
  home: string;
  dialling: { countries: string[]; alsoAllowed: string[]; emergency: boolean; callsPerMinute: number; callerId: string };
}

const valuesOf = ({ dialling: { countries: allowed, alsoAllowed, emergency, callsPerMinute, callerId } }: Settings): Fields => ({
  home: allowed[0] ?? '',
  dialling: { countries: allowed, alsoAllowed, emergency, callsPerMinute, callerId: callerId ?? '' },
});

/** The home country first, as the manager reads the list. */
const inOrder = (allowed: string[], home: string): string[] => (allowed.includes(home) ? [home, ...allowed.filter((code) => code !== home)] : allowed);

// The kill switch is in there too; a Save of this form must not turn it.
const changeOf = ({ home, dialling }: Fields, now: Settings) => ({
  dialling: { ...dialling, countries: inOrder(dialling.countries, home), callerId: dialling.callerId.trim() || null, enabled: now.dialling.enabled },
});

const fields = ['dialling.countries', 'dialling.alsoAllowed', 'dialling.emergency', 'dialling.callsPerMinute', 'dialling.callerId'] as const;

export function DiallingSection({ settings, onDirty }: SectionProps) {
  const { form, submit, why, dirty, changedElsewhere, discard } = useSection<Fields>({ settings, valuesOf, changeOf, fields, onDirty });
  const allowed = useWatch({ control: form.control, name: 'dialling.countries' });
  const home = useWatch({ control: form.control, name: 'home' });
  const emergency = useController({ control: form.control, name: 'dialling.emergency' });
  const choices = Object.fromEntries(allowed.map((code) => [code, countryName(code)]));

  return (
    <SettingsPart {...parts.dialling}>
      <SectionForm title={parts.dialling.title} dirty={dirty} changedElsewhere={changedElsewhere} pending={form.formState.isSubmitting} why={why} onSubmit={submit} onDiscard={discard}>
        <FormChips form={form} name="dialling.countries" label="Countries that may be called" options={countries} wordOf={countryName} hint={allowed.length === 0 ? 'None: only what the beginnings below allow can be called' : undefined} />
        {allowed.length > 0 && (
          <FormChoice
            form={form}
            name="home"
            label="Home country"
            choices={choices}
            hint={home in choices ? 'Numbers typed without a country code are read as of here' : `Not chosen: ${countryName(allowed[0] ?? '')} is taken`}
            sx={{ maxWidth: 420 }}
          />
        )}
        <FormChips form={form} name="dialling.alsoAllowed" label="Allowed besides: beginnings of numbers" inputMode="tel" hint="As +155501, then Enter: every number that begins so may be called, whatever its country" />
        <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: 'repeat(auto-fit, minmax(220px, 1fr))' }}>
          <FormText
            form={form}
            name="dialling.callsPerMinute"
            label="Most calls of an agent in a minute"
            type="number"
            rules={{ required: 'Needed', valueAsNumber: true, min: { value: 1, message: 'At least 1' }, max: { value: 1_000, message: 'At most 1000' } }}
            slotProps={{ htmlInput: { min: 1, max: 1_000 } }}
          />
          <FormText form={form} name="dialling.callerId" label="Number shown to others" type="tel" autoComplete="off" hint="When a call names none. Empty: none is shown" />
        </Box>
        <Box>
          <FormControlLabel
            control={<Switch size="small" checked={emergency.field.value} onChange={emergency.field.onChange} onBlur={emergency.field.onBlur} slotProps={{ input: { ref: emergency.field.ref } }} />}
            label="Emergency numbers may be called"
            sx={{ ml: 0, gap: 1 }}
          />
          <FormHelperText error={emergency.fieldState.error !== undefined}>
            {emergency.fieldState.error?.message ?? 'Only where the carrier sends them to the right place: help comes to where the number is registered, not to where the agent sits.'}
          </FormHelperText>
        </Box>
      </SectionForm>
    </SettingsPart>
  );
}
