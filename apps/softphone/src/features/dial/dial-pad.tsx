import BackspaceOutlined from '@mui/icons-material/BackspaceOutlined';
import Call from '@mui/icons-material/Call';
import IconButton from '@mui/material/IconButton';
import Paper from '@mui/material/Paper';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useId, useRef, useState, type FormEvent } from 'react';
import { CallButton, steadyHover } from '../../calls/action-button.js';
import { useCountry, useDesk } from '../../calls/desk.js';
import { KeyGrid } from '../../calls/key-grid.js';
import { useDial } from '../../calls/use-dial.js';
import { WhyNot } from '../../calls/why-not.js';
import { asTyped, countryOf, dialable } from '../../calls/words.js';

/** Where a number is typed, clicked or pasted, and called. */
export function DialPad() {
  const country = useCountry();
  const off = useDesk().settings.value?.dialling.enabled === false;
  const { pending, why, hindrance, call, forget } = useDial();
  const [number, setNumber] = useState('');
  const field = useRef<HTMLInputElement>(null);
  const titleId = useId();
  const ready = hindrance === null && /[0-9]/.test(number) && !off;

  const change = (text: string): void => {
    const typed = dialable(text);
    // Formatting while she writes in the middle would move the place where she writes; a digit taken away must not come back as punctuation.
    const atEnd = (field.current?.selectionStart ?? text.length) >= text.length;
    setNumber(atEnd && typed.length >= number.length ? asTyped(typed, country) || typed : typed);
    if (why) forget();
  };
  const press = (key: string): void => {
    setNumber(asTyped(number + key, country));
    if (why) forget();
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (ready && pending === null) call(number);
  };
  const place = countryOf(number, country);

  return (
    <Paper component="section" aria-labelledby={titleId} variant="outlined" sx={{ p: { xs: 2.5, sm: 3 } }}>
      <Stack component="form" useFlexGap spacing={2} onSubmit={submit}>
        <Typography id={titleId} variant="h2">
          Call a number
        </Typography>
        <TextField
          inputRef={field}
          label="Number"
          type="tel"
          autoComplete="off"
          value={number}
          onChange={(event) => change(event.target.value)}
          error={why !== null}
          helperText={off ? 'Calls to the outside are switched off.' : (hindrance ?? place ?? 'Type, paste or click a number.')}
          slotProps={{
            htmlInput: { sx: { fontSize: '1.25rem' } },
            // The reason stands below the keys; the country under the number is no error.
            formHelperText: { error: false },
            input: {
              endAdornment: number && (
                <IconButton aria-label="Delete the last digit" edge="end" onClick={() => setNumber(asTyped(number.replace(/[^+0-9]/g, '').slice(0, -1), country))}>
                  <BackspaceOutlined fontSize="small" />
                </IconButton>
              ),
            },
          }}
        />
        <KeyGrid
          lastRow={[
            '+',
            '0',
            <CallButton key="call" type="submit" variant="contained" color="success" startIcon={<Call />} disabled={!ready} loading={pending !== null} sx={{ minWidth: 0, px: 1, ...steadyHover('success') }}>
              Call
            </CallButton>,
          ]}
          onKey={press}
        />
        <WhyNot why={why} />
      </Stack>
    </Paper>
  );
}
