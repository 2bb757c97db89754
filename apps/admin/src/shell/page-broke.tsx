import { ErrorFace, explain } from '@nailup/web';
import { useRouteError } from 'react-router';

/** For a page that threw while it was drawn: a sentence and a way on, never a stack. */
export function PageBroke() {
  return <ErrorFace why={explain(useRouteError())} onRetry={() => location.reload()} />;
}
