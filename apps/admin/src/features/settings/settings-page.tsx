import Stack from '@mui/material/Stack';
import { ConfirmDialog, ErrorFace, Loading } from '@nailup/web';
import { useCallback, useEffect, useState } from 'react';
import { useBlocker } from 'react-router';
import type { Settings } from '../../shared/contract.js';
import { Section } from '../../shared/page.js';
import { useFreshness, useSettings } from '../../shared/queries.js';
import { useCanEdit } from '../../shared/use-can-edit.js';
import { CallsSection } from './calls-section.js';
import { DiallingSection } from './dialling-section.js';
import { DispositionsSection } from './dispositions-section.js';
import { RecordingSection } from './recording-section.js';
import { SeatsSection } from './seats-section.js';
import { SettingsFacts } from './settings-facts.js';
import { SupervisionSection } from './supervision-section.js';
import { WorkSection } from './work-section.js';

/** What holds for the whole pool, in parts that are saved one by one. */
export function SettingsPage() {
  const query = useSettings();
  const freshness = useFreshness(query);
  const canEdit = useCanEdit();
  const settings = query.data;
  return (
    <Section title="Settings" freshness={query.isError && query.data ? freshness : undefined} onRetry={() => void query.refetch()}>
      {query.isPending && <Loading label="Loading the settings" />}
      {query.isError && !settings && freshness.why && <ErrorFace why={freshness.why} onRetry={() => void query.refetch()} />}
      {settings && <Stack spacing={2}>{canEdit ? <Parts settings={settings} /> : <SettingsFacts settings={settings} />}</Stack>}
    </Section>
  );
}

function Parts({ settings }: { settings: Settings }) {
  const { report, unsaved } = useUnsaved();
  const leaving = useBlocker(({ currentLocation, nextLocation }) => unsaved && currentLocation.pathname !== nextLocation.pathname);
  const [seats] = useState(() => report('seats'));
  const [work] = useState(() => report('work'));
  const [dispositions] = useState(() => report('dispositions'));
  const [dialling] = useState(() => report('dialling'));
  const [recording] = useState(() => report('recording'));
  const [supervision] = useState(() => report('supervision'));
  return (
    <>
      <SeatsSection settings={settings} onDirty={seats} />
      <WorkSection settings={settings} onDirty={work} />
      <DispositionsSection settings={settings} onDirty={dispositions} />
      <CallsSection settings={settings} />
      <DiallingSection settings={settings} onDirty={dialling} />
      <RecordingSection settings={settings} onDirty={recording} />
      <SupervisionSection settings={settings} onDirty={supervision} />
      {leaving.state === 'blocked' && (
        <ConfirmDialog title="Leave without saving?" confirmLabel="Leave" danger onConfirm={() => Promise.resolve(leaving.proceed())} onClose={() => leaving.reset?.()}>
          What was changed on this page and not saved is lost.
        </ConfirmDialog>
      )}
    </>
  );
}

/** Which parts hold something that is not saved; closing the tab then asks. */
function useUnsaved() {
  const [dirty, setDirty] = useState<readonly string[]>([]);
  const report = useCallback(
    (part: string) =>
      (isDirty: boolean): void =>
        setDirty((before) => (before.includes(part) === isDirty ? before : isDirty ? [...before, part] : before.filter((other) => other !== part))),
    [],
  );
  const unsaved = dirty.length > 0;
  useEffect(() => {
    if (!unsaved) return;
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [unsaved]);
  return { report, unsaved };
}
