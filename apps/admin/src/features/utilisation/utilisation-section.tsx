import Box from '@mui/material/Box';
import MenuItem from '@mui/material/MenuItem';
import Paper from '@mui/material/Paper';
import TextField from '@mui/material/TextField';
import { useColorScheme } from '@mui/material/styles';
import { EmptyFace, ErrorFace, Loading, explain, useNow } from '@nailup/web';
import { lazy, Suspense, useMemo } from 'react';
import { Section } from '../../shared/page.js';
import { useFreshness, useMediaServers } from '../../shared/queries.js';
import { useUrlState } from '../../shared/url-state.js';
import { align, lineStyle, placeOf, type Series } from './series.js';
import { ServerChoice } from './server-choice.js';
import { SeriesTable } from './series-table.js';
import { ranges, useHistories, type Range } from './use-histories.js';

const PlotCanvas = lazy(() => import('./plot-canvas.js'));

// More lines than this nobody can follow; the person chooses which.
const mostLines = 8;

/** Agents in call on each media server over time: from the manager's statistics, ending in the present. */
export function UtilisationSection() {
  const servers = useMediaServers();
  const freshness = useFreshness(servers);
  const [rangeName, setRange] = useUrlState('range', '15m');
  const range: Range = rangeName in ranges ? (rangeName as Range) : '15m';
  const [chosen, setChosen] = useUrlState('plot');
  const { mode, systemMode } = useColorScheme();
  const scheme = (mode === 'system' ? systemMode : mode) === 'dark' ? 'dark' : 'light';
  const now = useNow(5000);

  const all = useMemo(() => [...(servers.data ?? [])].sort((a, b) => a.name.localeCompare(b.name)), [servers.data]);
  // In the order of their names, whichever of them are drawn.
  for (const { id } of all) placeOf(id);
  const picked = chosen ? all.filter(({ id }) => chosen.split(',').includes(id)) : all.slice(0, mostLines);
  const histories = useHistories(picked, range);
  const failed = histories.find(({ isError }) => isError)?.error;
  const anyData = histories.some(({ data }) => data !== undefined);

  const { times, values } = align(
    picked.map((server, index) => ({
      server,
      // What counts for a server that was never heard is nobody's knowledge.
      samples: server.lastSeenAt === null ? [] : (histories[index]?.data?.items ?? []),
      now: freshness.live && server.health === 'healthy' ? server.utilisation.agentsInCall : null,
    })),
    now - ranges[range].spanMs,
    now,
    ranges[range].stepSeconds,
  );
  const series: Series[] = picked.map((server, index) => ({ id: server.id, name: server.name, ...lineStyle(placeOf(server.id), scheme), values: values[index] ?? [] }));

  if (!servers.data || all.length === 0) return null;
  return (
    <Section
      title="Agents in call over time"
      level="h2"
      freshness={{ ...freshness, live: freshness.live && !failed, why: !failed ? freshness.why : anyData ? explain(failed) : null }}
      onRetry={() => histories.forEach((history) => void history.refetch())}
      actions={
        <>
          <ServerChoice servers={all} picked={picked} most={mostLines} onPick={(ids) => setChosen(ids.join(','))} />
          <TextField select label="Span" value={range} onChange={(event) => setRange(event.target.value)} sx={{ width: 140 }}>
            {Object.entries(ranges).map(([name, { label }]) => (
              <MenuItem key={name} value={name}>
                {label}
              </MenuItem>
            ))}
          </TextField>
        </>
      }
    >
      <Paper variant="outlined" sx={{ p: 1.5 }}>
        {failed && !anyData && <ErrorFace why={explain(failed)} onRetry={() => histories.forEach((history) => void history.refetch())} />}
        {!failed && !anyData && <Loading label="Loading statistics" rows={4} />}
        {anyData && picked.length === 0 && <EmptyFace title="No media server chosen" />}
        {anyData && (
          <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: { xs: '1fr', lg: 'minmax(0, 3fr) minmax(320px, 1fr)' } }}>
            <Suspense fallback={<Loading label="Loading the plot" rows={4} />}>
              <PlotCanvas series={series} times={times} from={(now - ranges[range].spanMs) / 1000} to={now / 1000} scheme={scheme} />
            </Suspense>
            <SeriesTable series={series} times={times} span={ranges[range].label} />
          </Box>
        )}
      </Paper>
    </Section>
  );
}
