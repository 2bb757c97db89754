import { BadRequestException, NotFoundException } from '@nestjs/common';
import { catalogue } from './catalogue.js';
import { invalid, problem } from './problem.js';
import { toProblem } from './to-problem.js';

describe('whatever was thrown', () => {
  it.each([
    [problem('AGENT.NOT_FOUND'), 'AGENT.NOT_FOUND'],
    [new NotFoundException(), 'REQUEST.NOT_FOUND'],
    [new BadRequestException('x'), 'REQUEST.INVALID'],
    [Object.assign(new Error('x'), { statusCode: 413, code: 'FST_ERR_CTP_BODY_TOO_LARGE' }), 'REQUEST.TOO_LARGE'],
    [Object.assign(new Error('x'), { statusCode: 415 }), 'REQUEST.UNSUPPORTED_MEDIA_TYPE'],
    [Object.assign(new Error('x'), { code: 'ECONNREFUSED' }), 'SERVICE.DATABASE_UNAVAILABLE'],
    [Object.assign(new Error('x'), { code: 'ER_LOCK_DEADLOCK', errno: 1213 }), 'SERVICE.DATABASE_UNAVAILABLE'],
    [new Error('Pool is closed.'), 'SERVICE.DATABASE_UNAVAILABLE'],
    [new TypeError('x is undefined'), 'SERVICE.INTERNAL'],
    ['a string', 'SERVICE.INTERNAL'],
    [null, 'SERVICE.INTERNAL'],
  ])('becomes a refusal of the catalogue: %s', (thrown, code) => {
    const refusal = toProblem(thrown);
    expect(refusal.code).toBe(code);
    expect(refusal.toDocument('/here')).toMatchObject({ type: `urn:nailup:problem:${code}`, status: refusal.status, code, instance: '/here' });
  });

  it('does not tell a stranger what went wrong inside', () => {
    expect(JSON.stringify(toProblem(new Error('SELECT secret FROM agents')).toDocument('/'))).not.toContain('secret');
  });

  it('says when to try again whenever it says 429 or 503', () => {
    for (const code of Object.keys(catalogue) as (keyof typeof catalogue)[]) {
      const refusal = problem(code);
      if (refusal.status === 429 || refusal.status === 503) expect(refusal.retryAfterSeconds).toBeGreaterThan(0);
    }
  });

  it('always says more than its title', () => {
    for (const code of Object.keys(catalogue) as (keyof typeof catalogue)[]) {
      const { title, detail } = problem(code).toDocument('/here');
      expect(detail).toMatch(/^[A-Z].{10,}\.$/);
      expect(detail).not.toBe(title);
    }
    expect(problem('PLACEMENT.ENDED', { detail: 'It is expired.' }).toDocument('/here').detail).toBe('It is expired.');
    expect(invalid([]).toDocument('/here').detail).toMatch(/.+/);
  });

  it('has codes of the form AREA.REASON', () => {
    for (const code of Object.keys(catalogue)) expect(code).toMatch(/^[A-Z_]+\.[A-Z_]+$/);
  });
});
