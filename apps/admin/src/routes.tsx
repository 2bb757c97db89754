import { Navigate, type RouteObject } from 'react-router';
import { AgentsPage } from './features/agents/agents-page.js';
import { ApiKeysPage } from './features/api-keys/api-keys-page.js';
import { HistoryPage } from './features/calls/history-page.js';
import { LiveCallsPage } from './features/calls/live-calls-page.js';
import { MediaServersPage } from './features/media-servers/media-servers-page.js';
import { NumbersPage } from './features/numbers/numbers-page.js';
import { OverviewPage } from './features/overview/overview-page.js';
import { PlacementsPage } from './features/placements/placements-page.js';
import { QueuesPage } from './features/queues/queues-page.js';
import { SettingsPage } from './features/settings/settings-page.js';
import { SuperviseButtons } from './features/supervision/supervise-buttons.js';
import { SupervisionBar } from './features/supervision/supervision-bar.js';
import { UtilisationSection } from './features/utilisation/utilisation-section.js';
import { Frame } from './shell/frame.js';
import { NothingHere } from './shell/nothing-here.js';
import { PageBroke } from './shell/page-broke.js';
import { Together } from './shell/together.js';

/** Which features stand on which page. */
export const routes: RouteObject[] = [
  {
    element: <Frame bar={<SupervisionBar />} />,
    errorElement: <PageBroke />,
    children: [
      { index: true, element: <Navigate to="/overview" replace /> },
      {
        path: 'media-servers',
        element: (
          <Together>
            <MediaServersPage />
            <UtilisationSection />
          </Together>
        ),
      },
      { path: 'overview', element: <OverviewPage /> },
      { path: 'calls', element: <LiveCallsPage actionsOf={(call) => <SuperviseButtons call={call} />} /> },
      { path: 'history', element: <HistoryPage /> },
      { path: 'queues', element: <QueuesPage /> },
      { path: 'numbers', element: <NumbersPage /> },
      { path: 'agents', element: <AgentsPage /> },
      { path: 'placements', element: <PlacementsPage /> },
      { path: 'settings', element: <SettingsPage /> },
      { path: 'api-keys', element: <ApiKeysPage /> },
      { path: '*', element: <NothingHere /> },
    ],
  },
];
