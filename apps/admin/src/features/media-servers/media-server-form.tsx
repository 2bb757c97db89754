import Box from '@mui/material/Box';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import Typography from '@mui/material/Typography';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { CredentialsDialog } from './credentials-dialog.js';
import { useForm, useWatch } from 'react-hook-form';
import { useApi } from '../../shared/api-context.js';
import type { MediaServer, NewMediaServer, ServerCredentials } from '../../shared/contract.js';
import { FormDialog } from '../../shared/form-dialog.js';
import { FormText } from '../../shared/form-text.js';
import { newKey, useProblemForm } from '../../shared/problem-form.js';
import { keys } from '../../shared/queries.js';

interface Fields {
  name: string;
  host: string;
  webSocketUrl: string;
  sipUri: string;
  region: string;
  capacity: number;
  weight: number;
  ami: { host: string; port: number; tls: boolean; caCertificate: string; username: string; secret: string };
}

const names = ['name', 'host', 'webSocketUrl', 'sipUri', 'region', 'capacity', 'weight', 'ami.host', 'ami.port', 'ami.tls', 'ami.caCertificate', 'ami.username', 'ami.secret'] as const;

const blank: Fields = {
  name: '',
  host: '',
  webSocketUrl: '',
  sipUri: '',
  region: '',
  capacity: 100,
  weight: 1,
  ami: { host: '', port: 5038, tls: false, caCertificate: '', username: 'nailup', secret: '' },
};

const fieldsOf = (server: MediaServer): Fields => ({
  ...server,
  region: server.region ?? '',
  ami: { ...server.ami, caCertificate: server.ami.caCertificate ?? '', secret: '' },
});

const inputOf = ({ name, host, webSocketUrl, sipUri, region, capacity, weight, ami }: Fields): NewMediaServer => ({
  name,
  host,
  webSocketUrl,
  sipUri,
  region: region.trim() || null,
  capacity,
  weight,
  ami: {
    host: ami.host,
    port: ami.port,
    tls: ami.tls,
    username: ami.username,
    caCertificate: ami.caCertificate.trim() || null,
    secret: ami.secret,
  },
});

/** Enters a media server by hand, or changes one. */
export function MediaServerForm({ server, onClose }: { server?: MediaServer; onClose: () => void }) {
  const api = useApi();
  const cache = useQueryClient();
  const [key] = useState(newKey);
  const [minted, setMinted] = useState<ServerCredentials | null>(null);
  const form = useForm<Fields>({ defaultValues: server ? fieldsOf(server) : blank });
  const { submit, why } = useProblemForm(form, names, async (fields) => {
    if (server) {
      const { ami, ...change } = inputOf(fields);
      // Left empty: the secret the manager holds stays.
      await api.mediaServers.change(server.id, { ...change, ami: { ...ami, secret: ami.secret || undefined } });
      onClose();
    } else setMinted((await api.mediaServers.create(inputOf(fields), key)).credentials);
    await cache.invalidateQueries({ queryKey: keys.mediaServers });
  });
  const advice = useCapacityAdvice(server?.id);
  const required = { required: 'Needed' };
  const whole = { ...required, valueAsNumber: true, min: { value: 1, message: 'At least 1' } };
  const { ref: tlsRef, ...tls } = form.register('ami.tls');
  const overTls = useWatch({ control: form.control, name: 'ami.tls' });

  if (minted) return <CredentialsDialog server={form.getValues('name')} credentials={minted} onClose={onClose} />;
  return (
    <FormDialog title={server ? `Edit ${server.name}` : 'Enter a media server by hand'} submitLabel={server ? 'Save' : 'Add media server'} pending={form.formState.isSubmitting} why={why} onSubmit={submit} onClose={onClose} maxWidth="md">
      <Pair>
        <FormText form={form} name="name" label="Name" rules={required} autoFocus autoComplete="off" />
        <FormText form={form} name="host" label="Host" rules={required} hint="Public address or name that agents reach" />
        <FormText form={form} name="webSocketUrl" label="WebSocket URL" rules={required} hint="wss://host:8089/ws" />
        <FormText form={form} name="sipUri" label="SIP URI" rules={required} hint="Where the SIP proxy sends client legs" />
        <FormText form={form} name="capacity" label="Capacity" type="number" rules={whole} hint={advice ?? 'Most agents it may hold'} />
        <FormText form={form} name="weight" label="Weight" type="number" rules={{ ...required, valueAsNumber: true }} hint="1 is an ordinary server" slotProps={{ htmlInput: { step: 'any' } }} />
        <FormText form={form} name="region" label="Region" hint="Empty: none" />
      </Pair>
      <Typography variant="h3" component="h3">
        AMI
      </Typography>
      <Pair>
        <FormText form={form} name="ami.host" label="AMI host" rules={required} />
        <FormText form={form} name="ami.port" label="AMI port" type="number" rules={whole} />
        <FormText form={form} name="ami.username" label="AMI user name" rules={required} autoComplete="off" />
        <FormText
          form={form}
          name="ami.secret"
          label="AMI secret"
          type="password"
          rules={server ? undefined : required}
          autoComplete="new-password"
          hint={server ? 'Empty: unchanged' : 'Stored encrypted, never shown again'}
        />
      </Pair>
      <FormControlLabel control={<Checkbox {...tls} slotProps={{ input: { ref: tlsRef } }} defaultChecked={form.formState.defaultValues?.ami?.tls} />} label="Speak to AMI over TLS" />
      {overTls && <FormText form={form} name="ami.caCertificate" label="CA certificate (PEM)" multiline minRows={3} hint="Empty: the system’s own authorities" />}
    </FormDialog>
  );
}

/** What a week of load tells of the capacity; undefined while that is not known, which the form does not wait for. */
function useCapacityAdvice(id: string | undefined): string | undefined {
  const api = useApi();
  const { data } = useQuery({ queryKey: [...keys.statistics, id, 'advice'], queryFn: ({ signal }) => api.mediaServers.capacityAdvice(id ?? '', signal), enabled: id !== undefined });
  return typeof data?.capacity === 'number' ? `Most agents it may hold. Advised: ${data.capacity}. ${data.reason}` : undefined;
}

const Pair = ({ children }: { children: React.ReactNode }) => <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: 'repeat(auto-fit, minmax(240px, 1fr))' }}>{children}</Box>;
