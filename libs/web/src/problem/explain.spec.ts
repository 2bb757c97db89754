import { refusal } from '../testing/fake-manager.js';
import { explain } from './explain.js';
import { ProblemError, UnreachableError } from './problem.js';

const told = async (response: Response) => explain(await ProblemError.from(response));

it('tells an agent in plain words that the pool is full, with the manager’s own detail beside it', async () => {
  const why = await told(refusal(503, 'SELECTION.POOL_FULL', { detail: '40 of 40 seats' }, { 'retry-after': '4' }));
  expect(why).toMatchObject({ sentence: 'Every seat on every media server is taken.', detail: '40 of 40 seats', retryAfterSeconds: 4 });
});

it('lets the manager speak for a code nobody has put into words', async () => {
  expect(await told(refusal(409, 'MEDIA_SERVER.SOMETHING_NEW', { detail: 'It is Tuesday.' }))).toMatchObject({
    sentence: 'It is Tuesday.',
    wayOn: 'Look at the present state, then decide again.',
    detail: null,
  });
});

it('tells an agent why a number may not be called, with the manager’s own reason beside it', async () => {
  expect(await told(refusal(422, 'CALL.NUMBER_NOT_ALLOWED', { detail: 'Calls to France are not allowed.' }))).toMatchObject({
    sentence: 'This number may not be called.',
    detail: 'Calls to France are not allowed.',
  });
});

it('lays each fault on its field', async () => {
  const errors = [
    { pointer: '/ami/port', message: 'must be at most 65535' },
    { parameter: 'limit', message: 'must be at most 200' },
  ];
  expect((await told(refusal(400, 'REQUEST.INVALID', { errors }))).fields).toEqual({ '/ami/port': 'must be at most 65535' });
});

it('makes sense of the page a proxy puts in place of the manager', async () => {
  const why = await told(new Response('<h1>Bad gateway</h1>', { status: 502, statusText: 'Bad Gateway' }));
  expect(why).toMatchObject({ sentence: 'The manager cannot do this right now.', code: 'UNKNOWN' });
});

it('blames the network only when nobody answered, and never shows an exception', () => {
  expect(explain(new UnreachableError()).sentence).toBe('The manager does not answer.');
  expect(JSON.stringify(explain(new TypeError('x is undefined')))).not.toContain('undefined');
});
