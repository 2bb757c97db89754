import { catalogue, type ProblemCode } from '../../src/problem/catalogue.js';

/** What must hold of every refusal, whoever asks for what. `said` names the request in a failure. */
export function expectRefusal(answer: { status: number; headers: Readonly<Record<string, string | string[] | undefined>>; text: string }, said: string): ProblemCode {
  const fail = (why: string): never => {
    throw new Error(`${said}\nwas answered ${answer.status} ${answer.text.slice(0, 500)}\n${why}`);
  };
  if (!String(answer.headers['content-type']).startsWith('application/problem+json')) fail('which is not application/problem+json');
  const body = JSON.parse(answer.text) as Record<string, unknown>;
  const code = body['code'] as ProblemCode;
  if (!(code in catalogue)) fail('whose code is not in the catalogue');
  if (catalogue[code].status !== answer.status || body['status'] !== answer.status) fail('whose status is not that of its code');
  for (const member of ['type', 'title', 'detail', 'instance']) if (typeof body[member] !== 'string' || (body[member] === '' && member !== 'instance')) fail(`which has no ${member}`);
  if (answer.status >= 500 && answer.status !== 503) fail('which is a fault of ours');
  if ((answer.status === 503 || answer.status === 429) && !/^[1-9]\d*$/.test(String(answer.headers['retry-after']))) fail('without a Retry-After');
  for (const fault of (body['errors'] as Record<string, unknown>[] | undefined) ?? []) {
    if (typeof fault['message'] !== 'string' || (typeof fault['pointer'] !== 'string' && typeof fault['parameter'] !== 'string')) fail('whose errors lead nowhere');
  }
  return code;
}
